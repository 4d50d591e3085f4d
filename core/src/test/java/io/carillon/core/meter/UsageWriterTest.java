package io.carillon.core.meter;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.engine.AppendCounts;
import io.carillon.core.engine.UsageStore;
import io.carillon.core.model.KeyId;
import io.carillon.core.model.Usage;
import io.carillon.core.model.UsageKey;
import io.carillon.core.session.SessionLane;
import io.carillon.core.testing.TestClient;
import io.carillon.core.testing.TestNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is counted on a node, and how it is written down. */
final class UsageWriterTest {
  private static final UsageKey KEY = new UsageKey(TestNode.APP, new KeyId("key-1"));
  private static final UsageKey NO_KEY = UsageKey.of(TestNode.APP, null);

  private final TestNode node = new TestNode();
  private final SessionLane lane = node.lane();
  private final Kept store = new Kept();
  private final UsageWriter writer = writer(null);

  private UsageWriter writer(@Nullable AppendCounts counts) {
    return new UsageWriter(
        new UsageWriter.Parts(
            node.node.meter(), counts, store, new UsageStore.Retained(7, 90), node.ticker, "one"));
  }

  /** Keeps the newest row of each place. */
  private static final class Kept implements UsageStore {
    private final Map<String, Row> rows = new HashMap<>();
    private boolean away;
    private int rolledUp;

    @Override
    public void write(List<Row> written) {
      if (away) {
        throw new IllegalStateException("away");
      }
      written.forEach(
          row -> rows.put(row.account() + " " + row.minute() + " " + row.source(), row));
    }

    @Override
    public List<Row> writtenBy(String source) {
      return List.of();
    }

    @Override
    public boolean rollUp(Retained retained) {
      rolledUp++;
      return true;
    }

    @Override
    public List<Line> read(Query query, int limit) {
      return List.of();
    }

    Usage of(UsageKey account) {
      return rows.values().stream()
          .filter(row -> row.account().equals(account))
          .map(Row::usage)
          .reduce(Usage.NONE, Usage::plus);
    }
  }

  private void write() {
    node.advance(UsageWriter.INTERVAL);
    writer.write();
  }

  @Test
  void messagesDeliveriesAndConnectionsAreCounted() {
    TestClient one = node.connect(lane).subscribe("room");
    node.connect(node.lane()).subscribe("room");
    node.publish("room", "hello");
    node.publish("room", "again!");
    node.advance(Duration.ofSeconds(25));
    one.drop();
    write();

    Usage backend = store.of(NO_KEY);
    assertThat(backend.messages()).isEqualTo(2);
    assertThat(backend.bytesIn()).isEqualTo(11);
    Usage clients = store.of(KEY);
    assertThat(clients.deliveries()).isEqualTo(4);
    assertThat(clients.peakConnections()).isEqualTo(2);
    assertThat(clients.connectionMillis()).isEqualTo(2 * 25_000 + 5_000);
    assertThat(store.rolledUp).isEqualTo(1);
  }

  @Test
  void aMessageThatAClientSendsIsItsKeys() {
    node.connect(lane).subscribe("private-room").send("private-room", "hello");
    node.run();
    write();

    assertThat(store.of(KEY).messages()).isEqualTo(1);
    assertThat(store.of(KEY).deliveries()).isZero();
  }

  @Test
  void aRowHoldsItsWholeMinute() {
    node.publish("room", "one");
    write();
    node.publish("room", "two");
    write();

    assertThat(store.rows).hasSize(1);
    assertThat(store.of(NO_KEY).messages()).isEqualTo(2);
    node.publish("room", "three");
    node.advance(Duration.ofMinutes(2));
    write();

    assertThat(store.rows).hasSize(2);
    assertThat(store.of(NO_KEY).messages()).isEqualTo(3);
  }

  @Test
  void whatCouldNotBeWrittenIsWrittenLater() {
    store.away = true;
    node.publish("room", "one");
    write();
    node.advance(Duration.ofMinutes(5));
    node.publish("room", "two");
    write();
    assertThat(store.rows).isEmpty();

    store.away = false;
    write();

    assertThat(store.rows).hasSize(2);
    assertThat(store.of(NO_KEY).messages()).isEqualTo(2);
  }

  @Test
  void whatTheLogCountsIsWrittenAndForgottenWhenItsMinuteIsOverForLong() {
    UsageStore.Row open = new UsageStore.Row(KEY, 100, "log", Usage.ofMessages(3, 30));
    UsageStore.Row over = new UsageStore.Row(KEY, 80, "log", Usage.ofMessages(4, 40));
    List<UsageStore.Row> forgotten = new ArrayList<>();
    AppendCounts counts =
        new AppendCounts() {
          @Override
          public CompletionStage<Snapshot> read() {
            return CompletableFuture.completedFuture(new Snapshot(101, List.of(open, over)));
          }

          @Override
          public CompletionStage<Void> forget(List<UsageStore.Row> rows) {
            forgotten.addAll(rows);
            return CompletableFuture.completedFuture(null);
          }
        };

    writer(counts).write();
    writer(counts).write();

    assertThat(store.of(KEY).messages()).isEqualTo(7);
    assertThat(forgotten).containsOnly(over);
  }
}
