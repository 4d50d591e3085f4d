package io.carillon.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.error.ErrorCode;
import io.carillon.core.session.Session.OpenOutcome;
import io.carillon.core.testing.FakeOutlet;
import io.carillon.core.testing.TestClient;
import io.carillon.core.testing.TestNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class DrainTest {
  private static final int CLIENTS = 1_000;

  private final TestNode node = new TestNode(CLIENTS);
  private final List<TestClient> clients = new ArrayList<>();

  private CompletableFuture<Void> drainAll(Duration longest) {
    SessionLane one = node.lane();
    SessionLane two = node.lane();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(node.connect(i % 2 == 0 ? one : two).subscribe("room"));
    }
    node.run();
    CompletableFuture<Void> drained = node.node.drain(longest).toCompletableFuture();
    node.run();
    return drained;
  }

  private long gone() {
    return clients.stream().filter(client -> client.closedBy() == ErrorCode.DRAINING).count();
  }

  @Test
  void clientsAreSentAwayAFewAtATimeAndTheRestIsServed() {
    CompletableFuture<Void> drained = drainAll(Duration.ofSeconds(10));

    assertThat(gone()).isBetween(1L, 100L);
    for (int step = 0; step < 10; step++) {
      node.advance(Duration.ofMillis(50));
    }
    assertThat(gone()).isBetween(400L, 600L);
    assertThat(drained).isNotDone();
    TestClient left =
        clients.stream().filter(client -> client.closedBy() == null).findAny().orElseThrow();
    left.outlet().take();
    node.publish("room", "still here");
    assertThat(left.told()).isNotEmpty();

    for (int step = 0; step < 12; step++) {
      node.advance(Duration.ofMillis(50));
    }
    assertThat(gone()).isEqualTo(CLIENTS);
    assertThat(drained).isCompleted();
  }

  @Test
  void itTakesNoLongerThanAsked() {
    CompletableFuture<Void> drained = drainAll(Duration.ofMillis(100));

    node.advance(Duration.ofMillis(50));
    node.advance(Duration.ofMillis(50));

    assertThat(gone()).isEqualTo(CLIENTS);
    assertThat(drained).isCompleted();
  }

  @Test
  void nobodyNewIsLetIn() {
    SessionLane lane = node.lane();
    assertThat(node.node.drain(Duration.ZERO).toCompletableFuture()).isNotDone();
    node.run();

    assertThat(node.open(lane, TestNode.APP, new FakeOutlet()))
        .isInstanceOfSatisfying(
            OpenOutcome.Refused.class,
            refused -> assertThat(refused.problem().code()).isEqualTo(ErrorCode.DRAINING));
    assertThat(node.node.isDraining()).isTrue();
  }
}
