package io.carillon.standalone.wiring;

import io.carillon.core.Node;
import io.carillon.core.config.CarillonConfig;
import io.carillon.core.engine.Archive;
import io.carillon.core.engine.Directory;
import io.carillon.core.engine.Movements;
import io.carillon.core.engine.Ports;
import io.carillon.core.engine.SchemaCheck;
import io.carillon.core.engine.local.LocalEngine;
import io.carillon.core.limit.MessageRate;
import io.carillon.core.runtime.Chance;
import io.carillon.core.runtime.ThreadLane;
import io.carillon.core.runtime.Ticker;
import io.carillon.core.span.Spans;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Secondary;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Wires the one node of this process. Stateless. */
@Factory
final class NodeFactory {

  @Singleton
  @Bean(preDestroy = "close")
  ThreadLane upkeep() {
    return new ThreadLane("carillon-upkeep");
  }

  /** Only where no engine of several processes brings its ports. */
  @Singleton
  LocalEngine localEngine(CarillonConfig config, Archive archive, ThreadLane upkeep) {
    long epochFloor = archive.epochFloor().toCompletableFuture().join();
    LocalEngine engine = new LocalEngine(Ticker.SYSTEM, config.limits().hotBytes(), epochFloor);
    engine.sweepOn(upkeep);
    return engine;
  }

  @Singleton
  @Secondary
  Ports localPorts(LocalEngine engine, Archive archive) {
    return engine.ports().withArchive(archive);
  }

  @Singleton
  @Secondary
  Movements localMovements(LocalEngine engine) {
    return engine.movements();
  }

  @Singleton
  Node node(
      CarillonConfig config,
      Directory directory,
      Ports ports,
      SchemaCheck schemas,
      ThreadLane upkeep,
      @Nullable Spans spans) {
    return new Node(
        new Node.Parts(
            ports.withSchemas(schemas),
            directory,
            upkeep,
            new Node.Environment(
                Ticker.SYSTEM, Chance.secure(), spans == null ? Spans.NONE : spans),
            new Node.Limits(
                config.limits().maxConnectionsPerNode(),
                new MessageRate.Ceilings(
                    config.limits().rates().appMessages(),
                    config.limits().rates().platformMessages())),
            new Node.Timing(
                Duration.ofSeconds(config.presence().graceSeconds()),
                Duration.ofMillis(config.messages().appendWindowMillis()))));
  }
}
