package io.carillon.standalone.wiring;

import io.carillon.core.Node;
import io.carillon.core.config.CarillonConfig;
import io.carillon.core.engine.UsageStore;
import io.carillon.core.engine.UsageStore.Retained;
import io.carillon.core.meter.UsageWriter;
import io.carillon.core.runtime.ThreadLane;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down what this process has counted, on a thread of its own, and once more when it stops.
 * It begins when requests are served: before that nothing is counted, and what is wrong with the
 * secrets is for the step that reads them first. Immutable, thread-safe.
 */
@Singleton
final class UsageUpkeep implements ApplicationEventListener<ServerStartupEvent> {
  private static final Logger LOG = LoggerFactory.getLogger(UsageUpkeep.class);
  private static final long LAST_WRITE_SECONDS_MAX = 5;

  private final ThreadLane lane = new ThreadLane("carillon-usage");
  private final UsageWriter writer;

  UsageUpkeep(Node node, UsageStore store, CarillonConfig config) {
    CarillonConfig.Usage kept = config.usage();
    this.writer =
        new UsageWriter(
            new UsageWriter.Parts(
                node.meter(),
                node.ports().log().counts().orElse(null),
                store,
                new Retained(kept.minutesDays(), kept.hoursDays()),
                node.ticker(),
                UUID.randomUUID().toString()));
  }

  @Override
  public void onApplicationEvent(ServerStartupEvent started) {
    writer.startOn(lane);
  }

  @PreDestroy
  void stop() {
    CompletableFuture<Void> last = CompletableFuture.runAsync(writer::write, lane);
    try {
      last.get(LAST_WRITE_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("What was used last is not written down: {}", e.toString());
    }
    lane.close();
  }
}
