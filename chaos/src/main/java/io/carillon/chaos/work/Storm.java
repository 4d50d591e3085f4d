package io.carillon.chaos.work;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.chaos.check.Violation.Promise;
import io.carillon.chaos.cluster.Cluster;
import io.carillon.chaos.cluster.Waiting;
import io.carillon.client.Position;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Thousands of light clients that lose their connections at the same moment and come back, each to
 * the other node, naming the position that they had. Confined to the suite's thread; each client
 * has its own.
 */
public final class Storm implements AutoCloseable {
  private static final int CHANNELS = 50;
  private static final int RETRY_MILLIS_MAX = 1_000;
  private static final int PACE_EVERY = 50;
  private static final Duration PACE = Duration.ofMillis(50);
  private static final int PUBLISH_PAUSE_MILLIS = 100;

  private final Cluster cluster;
  private final Workload workload;
  private final List<String> channels;
  private final List<Client> clients = new ArrayList<>();
  private final String hello = Access.hello("storm");
  private volatile boolean closed;

  public Storm(Cluster cluster, Workload workload) {
    this.cluster = cluster;
    this.workload = workload;
    this.channels = workload.names().storm(CHANNELS);
  }

  /** Whether so many are subscribed in time; then their channels are published to. */
  public boolean gather(int count, Duration most) {
    for (int i = 0; i < count; i++) {
      Client client = new Client(i, channels.get(i % CHANNELS));
      clients.add(client);
      Thread.ofVirtual().start(client);
      if (i % PACE_EVERY == 0) {
        Waiting.pass(PACE);
      }
    }
    boolean all = awaitLive(most);
    workload.publishTo("storm", channels, PUBLISH_PAUSE_MILLIS);
    return all;
  }

  /** All at once. */
  public void cut() {
    clients.forEach(Client::cut);
  }

  public boolean awaitLive(Duration most) {
    return Waiting.until(most, () -> clients.stream().allMatch(client -> client.live));
  }

  /** How many are subscribed at this moment. */
  public long live() {
    return clients.stream().filter(client -> client.live).count();
  }

  /** When publishing has ended: everybody has come to the end of their channel, without a gap. */
  public void check(Duration most) {
    Map<String, Position> tops = workload.tops();
    Waiting.until(most, () -> clients.stream().allMatch(client -> client.isAt(tops)));
    long gaps = clients.stream().filter(client -> client.gapped).count();
    if (gaps > 0) {
      workload
          .notebook()
          .violate(Promise.RECOVERS, gaps + " clients were told of a gap after a short drop");
    }
    clients.stream()
        .filter(client -> !client.isAt(tops))
        .limit(10)
        .forEach(
            client ->
                workload
                    .notebook()
                    .violate(
                        Promise.CAUGHT_UP,
                        "%s: at %s (expected: %s)"
                            .formatted(client, client.position, tops.get(client.channel))));
  }

  @Override
  public void close() {
    closed = true;
    cut();
  }

  /** One of them. Confined to its thread, but for what is volatile. */
  private final class Client implements Runnable {
    private final int number;
    private final String channel;
    private volatile @Nullable RawSocket socket;
    private volatile @Nullable Position position;
    private volatile boolean live;
    private volatile boolean gapped;

    Client(int number, String channel) {
      this.number = number;
      this.channel = channel;
    }

    void cut() {
      live = false;
      RawSocket open = socket;
      if (open != null) {
        open.close();
      }
    }

    boolean isAt(Map<String, Position> tops) {
      Position top = tops.get(channel);
      Position mine = position;
      return live && (top == null || (mine != null && mine.compareTo(top) >= 0));
    }

    @Override
    public void run() {
      for (int attempt = 0; !closed; attempt++) {
        int port = cluster.edges().get((number + attempt) % cluster.edges().size()).port();
        try (RawSocket opened = RawSocket.open(port)) {
          socket = opened;
          opened.send("[" + hello + "," + subscribe() + "]");
          while (!closed) {
            hear(opened, opened.next());
          }
        } catch (IOException cut) {
          live = false;
          Waiting.pass(Duration.ofMillis(ThreadLocalRandom.current().nextInt(RETRY_MILLIS_MAX)));
        }
      }
    }

    private String subscribe() {
      Position since = position;
      return "{\"t\":\"sub\",\"i\":2,\"ch\":"
          + RawSocket.quoted(channel)
          + (since == null
              ? ""
              : ",\"since\":{\"e\":" + since.epoch() + ",\"o\":" + since.offset() + "}")
          + "}";
    }

    private void hear(RawSocket from, JsonNode frame) throws IOException {
      switch (frame.path("t").asText()) {
        case "subbed" -> joined(frame);
        case "msg" -> push(from, frame);
        case "err" -> throw new IOException("refused: " + frame);
        default -> {}
      }
    }

    private void joined(JsonNode subbed) {
      Position newest = new Position(subbed.path("e").asLong(), subbed.path("o").asLong());
      if (position == null) {
        position = newest;
      } else if (!subbed.path("recovered").asBoolean()) {
        gapped = true;
        position = newest;
      }
      live = true;
    }

    /** Clause 3.4. */
    private void push(RawSocket from, JsonNode push) throws IOException {
      Position at = position;
      if (at == null) {
        return;
      }
      Position to = new Position(push.path("e").asLong(), push.path("o").asLong());
      if (to.epoch() != at.epoch() || push.path("f").asLong() > at.offset()) {
        from.send(subscribe());
        return;
      }
      long expected = to.offset() - at.offset();
      long items = 0;
      for (JsonNode item : push.path("m")) {
        items += item.path("o").asLong() > at.offset() ? 1 : 0;
      }
      if (items != Math.max(0, expected)) {
        workload
            .notebook()
            .violate(
                Promise.NOTHING_LOST,
                "%s: %d messages behind %s up to %s".formatted(this, items, at, to));
      }
      if (expected > 0) {
        position = to;
      }
    }

    @Override
    public String toString() {
      return "client " + number + " of the storm on " + channel;
    }
  }
}
