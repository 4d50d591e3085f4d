package io.carillon.core.runtime;

import java.security.SecureRandom;

/** The only door to chance; tests give a seeded one. Thread-safe. */
public interface Chance {
  long nextLong();

  /** Numbers that nobody can foresee. */
  static Chance secure() {
    SecureRandom random = new SecureRandom();
    return random::nextLong;
  }
}
