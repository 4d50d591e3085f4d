package io.carillon.relay;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import io.carillon.client.BatchResult;
import io.carillon.client.CarillonException;
import io.carillon.client.CarillonServer;
import io.carillon.client.Outgoing;
import io.carillon.client.Retry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * Publishes what is committed to the outbox of a Postgres: each channel's messages in their order,
 * each under the id of its row, so that the server takes it once whoever dies when. Any number of
 * relays may work on one outbox. It has one thread and one connection; thread-safe.
 */
public final class OutboxRelay implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(OutboxRelay.class.getName());

  /** Messages of one call, each of another channel, as the next of a channel waits for it. */
  static final int MESSAGES_MAX = 100;

  /** Of their data, so that a call stays below what servers take. */
  private static final int CHARS_MAX = 500_000;

  /** It is woken when something is committed, and looks by itself after this. */
  private static final Duration POLL = Duration.ofSeconds(1);

  /** The server's error where a request has too many bytes. */
  private static final String TOO_LARGE = "request-too-large";

  private static final Duration STOP_MAX = Duration.ofSeconds(10);

  private final DataSource database;
  private final CarillonServer server;
  private final Waits waits = new Waits();
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "carillon-relay");
  private String behindChannel = "";
  private int failures;

  private OutboxRelay(DataSource database, CarillonServer server) {
    this.database = database;
    this.server = server;
    thread.setDaemon(true);
  }

  /**
   * Begins to publish, and goes on until it is closed. Makes the table when there is none.
   *
   * @param database where the outbox is; no pool is needed, as one connection is kept
   */
  public static OutboxRelay start(DataSource database, CarillonServer server) {
    OutboxRelay relay = new OutboxRelay(database, server);
    relay.thread.start();
    return relay;
  }

  /** The SQL that makes the outbox, for migrations of your own. */
  public static String sql() {
    return Sql.OUTBOX;
  }

  private void run() {
    while (!isStopped()) {
      try (Outbox outbox = Outbox.open(database)) {
        LOG.log(INFO, "The relay is ready");
        work(outbox);
      } catch (SQLException | RuntimeException e) {
        failures++;
        Duration pause = Waits.after(failures);
        LOG.log(WARNING, "Nothing is published for {0} ms: {1}", pause.toMillis(), e.getMessage());
        await(pause);
      }
    }
  }

  private void work(Outbox outbox) throws SQLException {
    while (!isStopped()) {
      if (!step(outbox)) {
        outbox.awaitMore(POLL);
      }
    }
  }

  /** Publishes the oldest messages of some channels; answers whether there may be more at once. */
  private boolean step(Outbox outbox) throws SQLException {
    List<Row> taken = outbox.take(behindChannel, MESSAGES_MAX);
    boolean wrapped = !behindChannel.isEmpty();
    behindChannel = taken.size() < MESSAGES_MAX ? "" : last(taken);
    List<Row> rows = due(taken);
    if (!rows.isEmpty()) {
      List<Outgoing> messages = rows.stream().map(Row::message).toList();
      settle(outbox, rows, published(messages));
      failures = 0;
    }
    outbox.commit();
    return !rows.isEmpty() || wrapped;
  }

  /** What is too much for one call goes in two; one message that is too large is refused. */
  private List<BatchResult> published(List<Outgoing> messages) {
    try {
      return server.publishAll(messages);
    } catch (CarillonException e) {
      if (!e.kind().equals(TOO_LARGE)) {
        throw e;
      }
      if (messages.size() == 1) {
        return List.of(new BatchResult(Optional.empty(), Optional.of(e)));
      }
      int half = messages.size() / 2;
      List<BatchResult> results = new ArrayList<>(published(messages.subList(0, half)));
      results.addAll(published(messages.subList(half, messages.size())));
      return results;
    }
  }

  private static String last(List<Row> rows) {
    return rows.stream().map(Row::channel).max(Comparator.naturalOrder()).orElse("");
  }

  /** Without those that wait, and no more than a call may carry. */
  private List<Row> due(List<Row> taken) {
    long now = System.nanoTime();
    List<Row> due = new ArrayList<>();
    int chars = 0;
    for (Row row : taken) {
      boolean fits = due.isEmpty() || chars + row.chars() <= CHARS_MAX;
      if (fits && !waits.has(row.channel(), now)) {
        due.add(row);
        chars += row.chars();
      }
    }
    return due;
  }

  private void settle(Outbox outbox, List<Row> rows, List<BatchResult> results)
      throws SQLException {
    List<Row> done = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      CarillonException error = results.get(i).error().orElse(null);
      if (error == null) {
        done.add(row);
      } else if (error.retry() == Retry.NO) {
        LOG.log(WARNING, "Message {0} is refused: {1}", row.id(), error.getMessage());
        outbox.failed(row, error.kind() + ": " + error.getMessage());
      } else {
        waits.begin(row.channel(), error.after().orElse(Waits.after(1)), System.nanoTime());
      }
    }
    outbox.done(done);
  }

  private boolean isStopped() {
    return stop.getCount() == 0;
  }

  private void await(Duration pause) {
    try {
      if (stop.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.log(INFO, "The relay stops");
      }
    } catch (InterruptedException e) {
      stop.countDown();
    }
  }

  /** Ends after what is under way, within some seconds. */
  @Override
  public void close() {
    stop.countDown();
    try {
      thread.join(STOP_MAX.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
