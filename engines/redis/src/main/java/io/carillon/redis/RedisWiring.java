package io.carillon.redis;

import io.carillon.core.engine.Archive;
import io.carillon.core.engine.Movements;
import io.carillon.core.engine.Ports;
import io.carillon.core.engine.SharedAttempts;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;

/**
 * Wires the engine; a process that sets {@link #PROPERTY} to true and brings a {@link RedisAddress}
 * has its ports. Stateless.
 */
@Factory
@Requires(property = RedisWiring.PROPERTY, value = "true")
public final class RedisWiring {
  public static final String PROPERTY = "carillon.redis";

  @Singleton
  @Bean(preDestroy = "close")
  RedisEngine engine(RedisAddress address, Archive archive) {
    return RedisEngine.start(address, archive.epochFloor().toCompletableFuture().join());
  }

  @Singleton
  SharedAttempts attempts(RedisEngine engine) {
    return engine.attempts();
  }

  @Singleton
  Ports ports(RedisEngine engine, Archive archive) {
    return engine.ports().withArchive(archive);
  }

  @Singleton
  Movements movements(RedisEngine engine) {
    return engine.movements();
  }
}
