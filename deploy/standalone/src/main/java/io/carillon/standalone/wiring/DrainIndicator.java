package io.carillon.standalone.wiring;

import io.carillon.core.Node;
import io.micronaut.core.async.annotation.SingleResult;
import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Readiness;
import jakarta.inject.Singleton;
import org.reactivestreams.Publisher;

/** Not ready from the moment on at which the process is asked to stop. Stateless. */
@Readiness
@Singleton
final class DrainIndicator implements HealthIndicator {
  private final Node node;

  DrainIndicator(Node node) {
    this.node = node;
  }

  @Override
  @SingleResult
  public Publisher<HealthResult> getResult() {
    HealthStatus status = node.isDraining() ? HealthStatus.DOWN : HealthStatus.UP;
    return Publishers.just(HealthResult.builder("drain", status).build());
  }
}
