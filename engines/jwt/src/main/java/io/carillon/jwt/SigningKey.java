package io.carillon.jwt;

import io.carillon.core.model.ApiKey;
import java.util.Arrays;

/** The bytes that sign a token. */
final class SigningKey {
  /** The library takes no shorter one. */
  private static final int MIN_LENGTH = 32;

  private SigningKey() {}

  /**
   * The key's secret, filled up with zeros when it is short. HMAC does the same up to its block
   * size, so the signature is the one that every other library makes with the secret itself.
   */
  static byte[] of(ApiKey key) {
    byte[] secret = key.secret().reveal();
    return Arrays.copyOf(secret, Math.max(MIN_LENGTH, secret.length));
  }
}
