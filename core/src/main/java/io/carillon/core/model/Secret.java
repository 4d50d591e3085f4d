package io.carillon.core.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * The private half of an API key. It does not print: {@code toString} shows no character of it, so
 * that a log line or an error body cannot leak it. Immutable.
 */
public final class Secret {
  private final byte[] bytes;

  private Secret(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The secret made of the text's UTF-8 bytes, at least one. */
  public static Secret of(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("secret: empty (expected: at least 1 character)");
    }
    return new Secret(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A copy of the secret's bytes, for a signature or for sealing; the caller keeps it private. */
  public byte[] reveal() {
    return bytes.clone();
  }

  /** Compares in constant time. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Secret that && MessageDigest.isEqual(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Secret.class.hashCode();
  }

  @Override
  public String toString() {
    return "Secret(hidden)";
  }
}
