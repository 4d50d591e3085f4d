package io.carillon.edge.format;

import io.carillon.core.model.Payload;
import java.util.Base64;

/**
 * Writes JSON. Whether a comma is due can be seen from what stands last, so that no nesting has to
 * be remembered. Not thread-safe.
 */
final class JsonWriter implements FrameWriter {
  private static final String ENCODING = ",\"enc\":\"b64\"";

  private final JsonBytes json;

  JsonWriter(int expectedBytes) {
    this.json = new JsonBytes(expectedBytes);
  }

  @Override
  public FrameWriter beginMap() {
    value().raw('{');
    return this;
  }

  @Override
  public FrameWriter endMap() {
    json.raw('}');
    return this;
  }

  @Override
  public FrameWriter beginArray(int size) {
    value().raw('[');
    return this;
  }

  @Override
  public FrameWriter endArray() {
    json.raw(']');
    return this;
  }

  @Override
  public FrameWriter key(Symbol key) {
    json.raw(key.jsonKey, json.last() == '{' ? 1 : 0);
    return this;
  }

  @Override
  public FrameWriter key(String key) {
    if (json.last() != '{') {
      json.raw(',');
    }
    json.string(key).raw(':');
    return this;
  }

  @Override
  public FrameWriter text(String text) {
    value().string(text);
    return this;
  }

  @Override
  public FrameWriter text(Symbol word) {
    value().raw(word.jsonText, 0);
    return this;
  }

  @Override
  public FrameWriter number(long value) {
    value().number(value);
    return this;
  }

  @Override
  public FrameWriter bool(boolean value) {
    value().raw(value ? "true" : "false");
    return this;
  }

  @Override
  public FrameWriter payload(Payload payload) {
    switch (payload.form()) {
      case TEXT -> value().string(payload.bytes());
      case JSON -> value().raw(payload.bytes(), 0);
      case BINARY -> value().string(Base64.getEncoder().encode(payload.bytes())).raw(ENCODING);
    }
    return this;
  }

  @Override
  public byte[] toBytes() {
    return json.toBytes();
  }

  /** Where a value goes, behind a comma when one stands before it already. */
  private JsonBytes value() {
    return switch (json.last()) {
      case ':', '[', JsonBytes.NOTHING -> json;
      default -> json.raw(',');
    };
  }
}
