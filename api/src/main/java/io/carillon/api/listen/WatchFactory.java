package io.carillon.api.listen;

import io.carillon.core.metric.HttpCounters;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

/** Wires what requests are counted by. Stateless. */
@Factory
final class WatchFactory {
  @Singleton
  HttpCounters counters() {
    return new HttpCounters();
  }
}
