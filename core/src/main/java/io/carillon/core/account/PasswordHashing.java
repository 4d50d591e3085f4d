package io.carillon.core.account;

import io.carillon.core.model.Secret;

/**
 * Makes passwords into what may be kept. Each call takes much time and memory on purpose. Thread-
 * safe.
 */
public interface PasswordHashing {
  /** With a salt and the parameters in it. */
  Secret hash(Secret password);

  /** Compares in constant time; false for a hash that is none. */
  boolean matches(Secret password, Secret hash);

  /** A hash of no password, for which {@link #matches} takes the usual time. */
  Secret nobodys();
}
