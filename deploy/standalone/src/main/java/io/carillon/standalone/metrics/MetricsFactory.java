package io.carillon.standalone.metrics;

import io.carillon.core.Node;
import io.carillon.core.config.CarillonConfig;
import io.carillon.core.metric.HttpCounters;
import io.carillon.core.metric.Readings;
import io.carillon.edge.carrier.EdgeFigures;
import io.carillon.postgres.PostgresFigures;
import io.carillon.redis.RedisEngine;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Wires who reads which figures; made when they are asked for first. Stateless. */
@Factory
final class MetricsFactory {
  @Singleton
  Exposition exposition(
      CarillonConfig config,
      Node node,
      HttpCounters requests,
      PostgresFigures postgres,
      EdgeFigures edge,
      @Nullable RedisEngine redis) {
    List<Readings.Source> sources = new ArrayList<>();
    sources.add(new ProcessFigures(config, node, requests));
    sources.add(edge);
    sources.add(postgres);
    if (redis != null) {
      sources.add(redis::read);
    }
    return new Exposition(sources);
  }
}
