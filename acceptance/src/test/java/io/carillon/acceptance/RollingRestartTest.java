package io.carillon.acceptance;

import static io.carillon.client.Capability.HISTORY;
import static io.carillon.client.Capability.SUBSCRIBE;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.acceptance.harness.Apps;
import io.carillon.acceptance.harness.Deadline;
import io.carillon.acceptance.harness.LoadBalancer;
import io.carillon.acceptance.harness.LoadBalancer.Kind;
import io.carillon.acceptance.harness.TestApp;
import io.carillon.acceptance.harness.TwoNodes;
import io.carillon.acceptance.harness.WithCarillon;
import io.carillon.client.Carillon;
import io.carillon.client.CarillonException;
import io.carillon.client.CarillonServer;
import io.carillon.client.Gap;
import io.carillon.client.Message;
import io.carillon.client.Outgoing;
import io.carillon.client.Retry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nodes that are restarted one after the other, behind the load balancers that we describe. */
@WithCarillon
class RollingRestartTest {
  private static final String CHANNEL = "rolling";
  private static final int SUBSCRIBERS = 10;
  private static final int BETWEEN_RESTARTS = 100;
  private static final long PAUSE_NANOS = Duration.ofMillis(100).toNanos();

  /** A slow machine's client must be back before the channel forgets what it has not seen. */
  private static final long BETWEEN_MESSAGES_NANOS = Duration.ofMillis(10).toNanos();

  private static final Duration ALL_HEARD = Duration.ofSeconds(60);

  @ParameterizedTest
  @EnumSource
  void nothingIsLostOrRepeated(
      Kind kind, io.carillon.acceptance.harness.Carillon carillon, Apps apps) {
    try (TwoNodes nodes = new TwoNodes(carillon, Map.of("CARILLON_DRAIN_DELAY_SECONDS", "3"))) {
      TestApp app = nodes.make(apps).getFirst();
      try (LoadBalancer balancer =
          LoadBalancer.start(kind, nodes.server(0).url(), nodes.server(1).url())) {
        String url = balancer.url().toString();
        CarillonServer backend = CarillonServer.of(url, app.key(), app.secret());
        List<Subscriber> subscribers = new ArrayList<>();
        try {
          for (int i = 0; i < SUBSCRIBERS; i++) {
            subscribers.add(new Subscriber(url, backend));
          }
          int published = publishWhile(backend, count -> restartBoth(nodes, count));

          List<Integer> all = IntStream.range(0, published).boxed().toList();
          assertThat(published).isGreaterThan(3 * BETWEEN_RESTARTS);
          for (Subscriber subscriber : subscribers) {
            Deadline.await(
                "all " + published,
                ALL_HEARD,
                () -> subscriber.heard.size() >= published || !subscriber.gaps.isEmpty());
            assertThat(subscriber.gaps).isEmpty();
            assertThat(List.copyOf(subscriber.heard)).isEqualTo(all);
          }
        } finally {
          subscribers.forEach(Subscriber::close);
        }
      }
    }
  }

  private interface Restarts {
    void run(AtomicInteger published);
  }

  private static void restartBoth(TwoNodes nodes, AtomicInteger published) {
    for (int node = 0; node < 2; node++) {
      more(published);
      nodes.restart(node);
    }
    more(published);
  }

  private static void more(AtomicInteger published) {
    int enough = published.get() + BETWEEN_RESTARTS;
    Deadline.await("messages", () -> published.get() >= enough);
  }

  /** Publishes one message after the other until the restarts are over; answers how many. */
  private static int publishWhile(CarillonServer backend, Restarts restarts) {
    AtomicInteger published = new AtomicInteger();
    AtomicBoolean over = new AtomicBoolean();
    CompletableFuture<Void> publishing =
        CompletableFuture.runAsync(
            () -> {
              while (!over.get()) {
                publish(backend, published.getAndIncrement());
                LockSupport.parkNanos(BETWEEN_MESSAGES_NANOS);
              }
            });
    try {
      restarts.run(published);
    } finally {
      over.set(true);
      Deadline.await("end of publishing", publishing);
    }
    return published.get();
  }

  /** As a backend does it: again with the same id while the load balancer finds no node. */
  private static void publish(CarillonServer backend, int number) {
    Outgoing message = Outgoing.of("n", number).withId("n-" + number);
    long end = System.nanoTime() + Deadline.DEFAULT.toNanos();
    while (true) {
      try {
        backend.publish(CHANNEL, message);
        return;
      } catch (CarillonException e) {
        if (e.retry() == Retry.NO || System.nanoTime() - end > 0) {
          throw e;
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  /** A client of our own library, and what it was told. */
  private static final class Subscriber implements AutoCloseable {
    private final Carillon client;
    private final Queue<Integer> heard = new ConcurrentLinkedQueue<>();
    private final Queue<Gap> gaps = new ConcurrentLinkedQueue<>();

    Subscriber(String url, CarillonServer backend) {
      String token =
          backend
              .tokens()
              .issue(options -> options.ttl(Duration.ofHours(1)).allow("*", SUBSCRIBE, HISTORY));
      this.client = Carillon.connect(url, options -> options.token(request -> token));
      var channel = client.channel(CHANNEL);
      channel.onGap(gaps::add);
      Deadline.await("live channel", channel.on("n", this::take).ready());
    }

    private void take(Message<Object> message) {
      heard.add(Integer.valueOf(String.valueOf(message.data())));
    }

    @Override
    public void close() {
      client.close();
    }
  }
}
