package io.carillon.standalone.wiring;

import io.carillon.core.Node;
import io.carillon.core.config.CarillonConfig;
import io.carillon.core.engine.Archive;
import io.carillon.core.engine.Directory;
import io.carillon.core.engine.local.LocalEngine;
import io.carillon.core.runtime.ThreadLane;
import io.carillon.core.runtime.Ticker;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Wires the one node of this process. Stateless. */
@Factory
final class NodeFactory {

  @Singleton
  @Bean(preDestroy = "close")
  ThreadLane upkeep() {
    return new ThreadLane("carillon-upkeep");
  }

  @Singleton
  Node node(CarillonConfig config, Directory directory, Archive archive, ThreadLane upkeep) {
    long epochFloor = archive.epochFloor().toCompletableFuture().join();
    LocalEngine engine = new LocalEngine(Ticker.SYSTEM, config.limits().hotBytes(), epochFloor);
    engine.sweepOn(upkeep);
    return new Node(
        new Node.Parts(
            engine.ports().withArchive(archive),
            directory,
            upkeep,
            Node.Environment.real(),
            config.limits().maxConnectionsPerNode(),
            new Node.Timing(
                Duration.ofSeconds(config.presence().graceSeconds()),
                Duration.ofMillis(config.messages().appendWindowMillis()))));
  }
}
