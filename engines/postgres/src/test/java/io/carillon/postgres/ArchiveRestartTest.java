package io.carillon.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.engine.Archive.Order;
import io.carillon.core.engine.Archive.Range;
import io.carillon.core.model.ApiKey;
import io.carillon.core.model.AppId;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.KeyId;
import io.carillon.core.model.Message;
import io.carillon.core.model.Message.Origin;
import io.carillon.core.model.Payload;
import io.carillon.core.model.Position;
import io.carillon.core.model.Publication;
import io.carillon.core.model.Secret;
import io.carillon.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Always on an embedded server, as it is stopped and started again. */
class ArchiveRestartTest {
  private static final ChannelId CHANNEL = ChannelId.of(new AppId("1"), ChannelName.of("room"));
  private static final int PUBLISHERS = 4;
  private static final int ENOUGH = 300;

  @TempDir Path folder;

  private final AtomicLong offsets = new AtomicLong();
  private final Set<Long> acknowledged = ConcurrentHashMap.newKeySet();
  private final Semaphore acknowledgements = new Semaphore(0);
  private final Semaphore failures = new Semaphore(0);
  private final AtomicBoolean done = new AtomicBoolean();

  @Test
  void nothingAcknowledgedIsLostWhenPostgresRestartsInTheMiddle() throws Exception {
    EmbeddedPostgres postgres = EmbeddedPostgres.start(folder, step -> {});
    int port = postgres.port();
    try (EngineUnderTest engine = EngineUnderTest.on(TestPostgres.of(postgres))) {
      engine.admin.bootstrap(
          CHANNEL.app(), new ApiKey(new KeyId("key"), Secret.of("secret"), "test"));
      List<Thread> publishers = new ArrayList<>();
      for (int i = 0; i < PUBLISHERS; i++) {
        publishers.add(Thread.startVirtualThread(() -> publish(engine)));
      }
      assertThat(acknowledgements.tryAcquire(ENOUGH, 20, TimeUnit.SECONDS)).isTrue();

      postgres.close();
      assertThat(failures.tryAcquire(PUBLISHERS, 10, TimeUnit.SECONDS)).isTrue();
      postgres = EmbeddedPostgres.start(folder, port, step -> {});
      acknowledgements.drainPermits();
      assertThat(acknowledgements.tryAcquire(ENOUGH, 20, TimeUnit.SECONDS)).isTrue();

      done.set(true);
      for (Thread publisher : publishers) {
        assertThat(publisher.join(Duration.ofSeconds(10))).isTrue();
      }
      assertThat(archived(engine)).containsAll(acknowledged).doesNotHaveDuplicates();
    } finally {
      done.set(true);
      postgres.close();
    }
  }

  /** As a publisher does: what failed is published again. */
  private void publish(EngineUnderTest engine) {
    while (!done.get()) {
      long offset = offsets.incrementAndGet();
      Message message = new Message(null, "e", Payload.text("m"), Origin.Backend.TO_EVERYONE);
      Publication publication =
          new Publication(CHANNEL, new Position(1, offset), message, System.currentTimeMillis());
      while (!done.get() && !isCommitted(engine, publication)) {
        failures.release();
      }
    }
  }

  private boolean isCommitted(EngineUnderTest engine, Publication publication) {
    try {
      engine.archive.append(publication).toCompletableFuture().get(6, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      return false;
    } catch (Exception e) {
      throw new AssertionError("neither committed nor failed in time", e);
    }
    acknowledged.add(publication.position().offset());
    acknowledgements.release();
    return true;
  }

  private static List<Long> archived(EngineUnderTest engine) throws Exception {
    List<Long> found = new ArrayList<>();
    Position from = null;
    List<Publication> page;
    do {
      page =
          engine
              .archive
              .read(new Range(CHANNEL, Order.OLDEST_FIRST, from, 1_000, 0))
              .toCompletableFuture()
              .get(10, TimeUnit.SECONDS);
      page.forEach(publication -> found.add(publication.position().offset()));
      from = page.isEmpty() ? null : page.getLast().position();
    } while (!page.isEmpty());
    return found;
  }
}
