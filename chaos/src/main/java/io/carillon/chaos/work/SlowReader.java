package io.carillon.chaos.work;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.chaos.check.Violation.Promise;
import io.carillon.chaos.cluster.Cluster;
import io.carillon.client.CarillonServer;
import io.carillon.client.Outgoing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A client that stops reading its socket while a flood goes on, beside one that reads. Confined to
 * the suite's thread; the brisk one has its own.
 */
public final class SlowReader implements AutoCloseable {
  private static final int RECEIVE_BYTES = 8 << 10;
  private static final int BATCHES = 30;
  private static final int BATCH = 80;
  private static final int MESSAGE_BYTES = 9_000;
  private static final long ANSWER_SECONDS_MAX = 15;

  private final Cluster cluster;
  private final Workload workload;
  private final String channel;
  private final RawSocket slow;
  private final RawSocket brisk;
  private final AtomicLong briskAt = new AtomicLong();
  private volatile @Nullable String briskProblem;

  /** Both are subscribed, at one node. */
  public SlowReader(Cluster cluster, Workload workload) throws IOException {
    this.cluster = cluster;
    this.workload = workload;
    this.channel = workload.names().flood();
    int port = cluster.edges().getFirst().port();
    this.slow = RawSocket.open(port, RECEIVE_BYTES);
    this.brisk = RawSocket.open(port);
    for (RawSocket each : List.of(slow, brisk)) {
      each.send(
          "[%s,{\"t\":\"sub\",\"i\":2,\"ch\":%s}]"
              .formatted(Access.hello("flooded"), RawSocket.quoted(channel)));
      each.await("subbed");
    }
    Thread.ofVirtual().start(this::readBriskly);
  }

  private void readBriskly() {
    try {
      while (true) {
        JsonNode push = brisk.await("msg");
        if (push.path("f").asLong() > briskAt.get()) {
          briskProblem = "a hole at " + briskAt + ": " + push.path("f") + " to " + push.path("o");
        }
        briskAt.set(push.path("o").asLong());
      }
    } catch (IOException gone) {
      briskProblem = briskProblem == null ? String.valueOf(gone.getMessage()) : briskProblem;
    }
  }

  /** Far more than the system and the node keep for one connection. */
  public long flood() throws Exception {
    CarillonServer server = Access.server(cluster.apis().getFirst().url());
    String data = "x".repeat(MESSAGE_BYTES);
    for (int i = 0; i < BATCHES; i++) {
      List<Outgoing> batch = new ArrayList<>();
      for (int k = 0; k < BATCH; k++) {
        batch.add(Outgoing.of("flood", data).to(channel));
      }
      server.publishAllAsync(batch).get(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
    }
    return (long) BATCHES * BATCH;
  }

  /**
   * The slow one reads again, and has to find that it was dealt with: a marker behind a hole, or
   * the end of the connection. The brisk one has to have everything.
   */
  public void check(long sent) {
    if (briskAt.get() < sent) {
      io.carillon.chaos.cluster.Waiting.until(
          java.time.Duration.ofSeconds(5), () -> briskAt.get() >= sent);
    }
    String problem = briskProblem;
    if (problem != null || briskAt.get() < sent) {
      violate("the brisk reader of the flood is at " + briskAt + " of " + sent + ": " + problem);
    }
    long at = 0;
    try {
      while (at < sent) {
        JsonNode push = slow.await("msg");
        if (push.path("f").asLong() > at) {
          return;
        }
        at = push.path("o").asLong();
      }
      violate(
          "a client that did not read got all "
              + sent
              + " messages of "
              + MESSAGE_BYTES
              + " bytes");
    } catch (IOException closed) {
      // that is an answer, too
    }
  }

  private void violate(String detail) {
    workload.notebook().violate(Promise.SLOW_READER, detail);
  }

  @Override
  public void close() {
    slow.close();
    brisk.close();
  }
}
