package io.carillon.acceptance.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.acceptance.harness.Deadline;
import io.carillon.acceptance.harness.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A subscriber that is killed again and again, at moments that chance chooses, and goes on from its
 * saved position: clauses 3.4, 4.3 and 5.3 of the protocol, as a worker needs them.
 */
class SavedPositionTest {
  private static final int MESSAGES = 2_000;
  private static final int BATCH = 20;

  /** Far below what the server brings after an absence, so that a slow machine causes no gap. */
  private static final int AHEAD_MAX = 400;

  private static final Duration LINE_MAX = Duration.ofSeconds(60);

  @TempDir Path folder;

  @Test
  void aSubscriberThatIsKilledGoesOnExactly() {
    Path file = folder.resolve("orders.position");
    try (ArchivedServer server = new ArchivedServer()) {
      Map<String, String> who =
          Map.of(
              "CARILLON_URL", server.url(),
              "CARILLON_KEY", ArchivedServer.KEY,
              "CARILLON_SECRET", ArchivedServer.SECRET);
      assertGoesOn(
          server,
          file,
          () -> Program.command(who, "subscribe", "orders", "--save", file.toString()));
    }
  }

  @Test
  void theExampleOfAWorkerGoesOnExactly() {
    Path example = Path.of("..", "examples", "java-worker", "Worker.java");
    Path file = folder.resolve("position");
    try (ArchivedServer server = new ArchivedServer()) {
      assertGoesOn(
          server,
          file,
          () ->
              Program.file(
                  example,
                  server.url(),
                  ArchivedServer.KEY,
                  ArchivedServer.SECRET,
                  "orders",
                  file.toString()));
    }
  }

  private static void assertGoesOn(ArchivedServer server, Path file, Supplier<Program> start) {
    Program first = start.get();
    Deadline.await("a position", LINE_MAX, () -> Files.exists(file));
    first.kill();
    long seed = System.nanoTime();
    Random chance = new Random(seed);
    AtomicInteger processed = new AtomicInteger();
    Thread publisher = Thread.startVirtualThread(() -> publishAll(server, processed));
    List<List<Integer>> runs = new ArrayList<>();
    boolean restarted = false;
    while (processed.get() < MESSAGES) {
      Program subscriber = start.get();
      int before = processed.get();
      Deadline.await("a line", LINE_MAX, () -> !subscriber.out().isEmpty());
      if (!restarted && processed.get() > MESSAGES / 2) {
        server.killAndStart();
        restarted = true;
        int sofar = subscriber.out().size();
        Deadline.await(
            "a line after the restart",
            LINE_MAX,
            () -> {
              // or the publisher, which is never far ahead, may have nothing more to say
              processed.accumulateAndGet(last(subscriber), Math::max);
              return subscriber.out().size() > sofar || last(subscriber) == MESSAGES;
            });
      }
      long end = System.nanoTime() + chance.nextLong(1_000_000_000);
      while (System.nanoTime() < end && last(subscriber) < MESSAGES) {
        processed.accumulateAndGet(last(subscriber), Math::max);
        LockSupport.parkNanos(1_000_000);
      }
      subscriber.kill();
      assertThat(subscriber.err().toString()).doesNotContain("Gap on");
      runs.add(subscriber.out().stream().map(SavedPositionTest::number).toList());
      processed.accumulateAndGet(last(subscriber), Math::max);
      assertThat(processed.get()).as("progress, seed %d", seed).isGreaterThan(before - 1);
    }
    publisher.interrupt();
    assertThat(restarted).isTrue();
    assertExact(runs, seed);
  }

  private static void publishAll(ArchivedServer server, AtomicInteger processed) {
    for (int i = 1; i <= MESSAGES; i += BATCH) {
      while (i - processed.get() > AHEAD_MAX) {
        LockSupport.parkNanos(5_000_000);
      }
      server.publish(i, i + BATCH - 1);
      LockSupport.parkNanos(20_000_000);
    }
  }

  /** No hole, in order, and at most the line again that was under way when it was killed. */
  private static void assertExact(List<List<Integer>> runs, long seed) {
    int last = 0;
    int repeated = 0;
    for (List<Integer> run : runs) {
      for (int i = 0; i < run.size(); i++) {
        int number = run.get(i);
        if (i == 0 && number == last) {
          repeated++;
        } else {
          assertThat(number).as("behind %d, seed %d", last, seed).isEqualTo(last + 1);
          last = number;
        }
      }
    }
    assertThat(last).isEqualTo(MESSAGES);
    assertThat(runs.size()).as("runs").isGreaterThan(3);
    System.out.printf("killed %d times, %d lines came again%n", runs.size(), repeated);
  }

  private static int last(Program subscriber) {
    List<String> lines = subscriber.out();
    return lines.isEmpty() ? 0 : number(lines.getLast());
  }

  /** The data is a number, in the last column. */
  private static int number(String line) {
    return Integer.parseInt(
        line.substring(Math.max(line.lastIndexOf('\t'), line.lastIndexOf(' ')) + 1));
  }
}
