package io.carillon.core.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a message carries. The bytes are shared, never copied and never changed: whoever makes a
 * payload hands its array over.
 */
public final class Payload {
  /** How to read a payload's bytes. */
  public enum Form {
    /** UTF-8 text, which often is JSON itself; it is not looked into. */
    TEXT,
    /** One JSON value in UTF-8. */
    JSON,
    /** Any bytes. */
    BINARY
  }

  private final Form form;
  private final byte[] bytes;

  private Payload(Form form, byte[] bytes) {
    this.form = form;
    this.bytes = bytes;
  }

  public static Payload text(String text) {
    return new Payload(Form.TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  /** The payload of one JSON value; the caller has made sure that it is one. */
  public static Payload json(byte[] utf8) {
    return new Payload(Form.JSON, utf8);
  }

  public static Payload binary(byte[] bytes) {
    return new Payload(Form.BINARY, bytes);
  }

  /** The bytes of a payload of this form. */
  public static Payload of(Form form, byte[] bytes) {
    return new Payload(form, bytes);
  }

  public Form form() {
    return form;
  }

  /** The bytes themselves, not a copy: read only. */
  public byte[] bytes() {
    return bytes;
  }

  public int size() {
    return bytes.length;
  }

  /** The bytes as UTF-8 text. */
  public String asText() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Payload that && form == that.form && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return 31 * form.hashCode() + Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return form + "(" + bytes.length + " bytes)";
  }
}
