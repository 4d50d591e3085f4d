package io.carillon.standalone.wiring;

import io.carillon.redis.RedisEngine;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Readiness;
import jakarta.inject.Singleton;
import org.reactivestreams.Publisher;

/** Whether the process is in touch with the Redis that it was given. Thread-safe. */
@Singleton
@Readiness
@Requires(beans = RedisEngine.class)
final class RedisHealth implements HealthIndicator {
  private final RedisEngine engine;

  RedisHealth(RedisEngine engine) {
    this.engine = engine;
  }

  @Override
  public Publisher<HealthResult> getResult() {
    HealthStatus status = engine.isReachable() ? HealthStatus.UP : HealthStatus.DOWN;
    return Publishers.just(HealthResult.builder("redis", status).build());
  }
}
