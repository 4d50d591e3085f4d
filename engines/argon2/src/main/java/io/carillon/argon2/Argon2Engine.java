package io.carillon.argon2;

import io.carillon.core.account.PasswordHashing;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

/** Wires the engine. Stateless. */
@Factory
final class Argon2Engine {

  @Singleton
  PasswordHashing passwordHashing() {
    return new Argon2Hashing();
  }
}
