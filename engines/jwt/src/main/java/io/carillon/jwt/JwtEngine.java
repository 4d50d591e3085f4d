package io.carillon.jwt;

import io.carillon.core.engine.Directory;
import io.carillon.core.runtime.Chance;
import io.carillon.core.runtime.Ticker;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;

/** Wires the engine; a process that has a directory has its beans. Stateless. */
@Factory
@Requires(beans = Directory.class)
final class JwtEngine {

  @Singleton
  JwtTokenReader tokenReader(Directory directory) {
    return new JwtTokenReader(directory, Ticker.SYSTEM);
  }

  @Singleton
  JwtTokenIssuer tokenIssuer() {
    return new JwtTokenIssuer(Ticker.SYSTEM, Chance.secure());
  }
}
