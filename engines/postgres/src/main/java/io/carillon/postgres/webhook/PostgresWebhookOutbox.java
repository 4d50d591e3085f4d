package io.carillon.postgres.webhook;

import io.carillon.core.runtime.Ticker;
import io.carillon.core.webhook.Breaker;
import io.carillon.core.webhook.WebhookAttempt;
import io.carillon.core.webhook.WebhookId;
import io.carillon.core.webhook.WebhookOutbox;
import io.carillon.postgres.webhook.Sql.Array;
import io.micronaut.transaction.TransactionOperations;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;

/**
 * The outbox in its tables, one transaction a call. Thread-safe; no more than {@link
 * #CONNECTIONS_MAX} calls at once, so that what waits for webhooks holds up nobody who waits for
 * the pool.
 */
final class PostgresWebhookOutbox implements WebhookOutbox {
  private static final int CONNECTIONS_MAX = 3;
  private static final int FORGOTTEN_AT_ONCE = 1_000;

  private final TransactionOperations<Connection> transactions;
  private final Crowds crowds;
  private final Ticker ticker;
  private final SecureRandom random = new SecureRandom();
  private final Semaphore connections = new Semaphore(CONNECTIONS_MAX);

  PostgresWebhookOutbox(
      TransactionOperations<Connection> transactions, Crowds crowds, Ticker ticker) {
    this.transactions = transactions;
    this.crowds = crowds;
    this.ticker = ticker;
  }

  private interface Step<T> {
    T run(Connection connection) throws SQLException;
  }

  private <T> T inTransaction(Step<T> step) {
    connections.acquireUninterruptibly();
    try {
      return transactions.executeWrite(status -> step.run(status.getConnection()));
    } finally {
      connections.release();
    }
  }

  @Override
  public void add(List<Entry> entries) {
    if (!entries.isEmpty()) {
      inTransaction(connection -> Arrivals.add(connection, entries, crowds, now()));
    }
  }

  private record Place(UUID endpoint, String channel) {}

  private record Queue(UUID endpoint, String channel, Lease lease, int failures, int all) {}

  @Override
  public Backlog backlog(int most) {
    return inTransaction(
        connection ->
            Sql.BACKLOG
                .query(connection, row -> new Backlog(row.getInt(1), row.getLong(2)), most)
                .getFirst());
  }

  @Override
  public List<Claim> claim(Wish wish) {
    return inTransaction(
        connection -> {
          long now = wish.nowMillis();
          List<Map.Entry<WebhookId, Integer>> busy = List.copyOf(wish.busy().entrySet());
          List<Queue> queues =
              Sql.CLAIM.query(
                  connection,
                  row ->
                      new Queue(
                          row.getObject(1, UUID.class),
                          row.getString(2),
                          new Lease(row.getLong(3), row.getLong(4)),
                          row.getInt(5),
                          row.getInt(6)),
                  Array.uuids(busy.stream().map(it -> it.getKey().value()).toList()),
                  Array.numbers(busy.stream().map(it -> (long) it.getValue()).toList()),
                  now,
                  now,
                  now,
                  Breaker.THRESHOLD,
                  Wish.CHANNELS_OF_BATCH,
                  Wish.CHANNELS_OF_ENDPOINT,
                  wish.channels(),
                  random.nextLong(),
                  now + wish.lease().toMillis());
          return queues.isEmpty() ? List.of() : claims(connection, queues, now);
        });
  }

  private static List<Claim> claims(Connection connection, List<Queue> queues, long now)
      throws SQLException {
    Map<Place, List<Waiting>> waiting = new HashMap<>();
    record Placed(Place place, Waiting event) {}
    Sql.WAITING
        .query(
            connection,
            row ->
                new Placed(
                    new Place(row.getObject("webhook_id", UUID.class), row.getString("channel")),
                    Events.waiting(row)),
            Array.uuids(queues.stream().map(Queue::endpoint).toList()),
            Array.texts(queues.stream().map(Queue::channel).toList()),
            Wish.EVENTS_OF_CHANNEL)
        .forEach(
            it -> waiting.computeIfAbsent(it.place(), place -> new ArrayList<>()).add(it.event()));
    List<Claim> claims = new ArrayList<>();
    for (Queue queue : queues) {
      List<Waiting> events = waiting.get(new Place(queue.endpoint(), queue.channel()));
      if (events == null) {
        // what waited was given up, or deleted
        Sql.RELEASE.update(
            connection,
            queue.lease().version(),
            false,
            now,
            queue.endpoint(),
            queue.channel(),
            queue.lease().token());
      } else {
        events.sort(Comparator.comparingLong(Waiting::sequence));
        claims.add(
            new Claim(
                new WebhookId(queue.endpoint()),
                queue.channel(),
                queue.lease(),
                queue.failures(),
                queue.all(),
                events));
      }
    }
    return claims;
  }

  @Override
  public void delivered(List<Claim> claims, List<Waiting> events, WebhookAttempt attempt) {
    taken(claims, attempt, connection -> delivered(connection, claims, events, attempt));
  }

  @Override
  public void finished(
      List<Claim> claims, List<Waiting> events, WebhookAttempt attempt, long dueMillis) {
    taken(
        claims,
        attempt,
        connection -> {
          delivered(connection, claims, events, attempt);
          return release(connection, claims, List.of(), dueMillis);
        });
  }

  private void taken(List<Claim> claims, WebhookAttempt attempt, Step<Integer> step) {
    UUID endpoint = attempt.endpoint().value();
    boolean failedBefore = claims.getFirst().endpointFailures() > 0;
    int recovered =
        inTransaction(
            connection -> {
              step.run(connection);
              return failedBefore ? Sql.RECOVERED.update(connection, endpoint) : 0;
            });
    if (recovered > 0) {
      // by itself, as it locks rows that others have locked behind those of the claims
      inTransaction(connection -> Sql.WAKE.update(connection, now(), endpoint, now()));
    }
  }

  private int delivered(
      Connection connection, List<Claim> claims, List<Waiting> events, WebhookAttempt attempt)
      throws SQLException {
    Sql.DELIVERED.update(connection, now(), numbers(events));
    for (Claim claim : inOrder(claims)) {
      if (claim.failures() > 0) {
        Sql.SUCCEEDED.update(
            connection, claim.endpoint().value(), claim.channel(), claim.lease().token());
      }
    }
    return note(connection, attempt, numbers(events));
  }

  /** In which everybody locks the rows of an endpoint. */
  private static List<Claim> inOrder(List<Claim> claims) {
    return claims.stream().sorted(Comparator.comparing(Claim::channel)).toList();
  }

  private long now() {
    return ticker.epochMillis();
  }

  @Override
  public void failed(
      List<Claim> claims, List<Waiting> events, WebhookAttempt attempt, Delay delay) {
    inTransaction(
        connection -> {
          Sql.TRIED.update(connection, numbers(events));
          for (Claim claim : inOrder(claims)) {
            UUID endpoint = claim.endpoint().value();
            int mine =
                Sql.FAILED.update(
                    connection,
                    delay.retryAtMillis(),
                    attempt.atMillis(),
                    endpoint,
                    claim.channel(),
                    claim.lease().token());
            if (mine > 0) {
              Sql.GIVEN_UP.update(
                  connection,
                  attempt.atMillis(),
                  endpoint,
                  claim.channel(),
                  delay.giveUpBeforeMillis(),
                  delay.giveUpBeforeMillis());
            }
          }
          Sql.CLOSED.update(connection, delay.closedUntilMillis(), attempt.endpoint().value());
          return note(connection, attempt, numbers(events));
        });
  }

  @Override
  public void release(List<Claim> claims, List<Waiting> left, long dueMillis) {
    inTransaction(connection -> release(connection, claims, left, dueMillis));
  }

  private static int release(
      Connection connection, List<Claim> claims, List<Waiting> left, long dueMillis)
      throws SQLException {
    int ended = 0;
    for (Claim claim : inOrder(claims)) {
      boolean more =
          claim.events().size() == Wish.EVENTS_OF_CHANNEL
              || !Collections.disjoint(claim.events(), left);
      ended +=
          Sql.RELEASE.update(
              connection,
              claim.lease().version(),
              more,
              dueMillis,
              claim.endpoint().value(),
              claim.channel(),
              claim.lease().token());
    }
    return ended;
  }

  @Override
  public void prolong(List<Claim> claims, long untilMillis) {
    inTransaction(
        connection ->
            Sql.PROLONG.update(
                connection,
                untilMillis,
                Array.uuids(claims.stream().map(it -> it.endpoint().value()).toList()),
                Array.texts(claims.stream().map(Claim::channel).toList()),
                Array.numbers(claims.stream().map(it -> it.lease().token()).toList())));
  }

  @Override
  public void note(WebhookAttempt attempt) {
    inTransaction(connection -> note(connection, attempt, Array.numbers(List.of())));
  }

  private static int note(Connection connection, WebhookAttempt attempt, Array events)
      throws SQLException {
    WebhookAttempt.Result result = attempt.result();
    return Sql.ATTEMPT.update(
        connection,
        attempt.endpoint().value(),
        attempt.callId(),
        attempt.atMillis(),
        result.millis(),
        attempt.attempt(),
        result.status(),
        String.valueOf(Events.text(result.reply(), WebhookAttempt.Result.REPLY_BYTES_MAX)),
        events);
  }

  private static Array numbers(List<Waiting> events) {
    return Array.numbers(events.stream().map(Waiting::number).toList());
  }

  @Override
  public boolean forget(long deliveredBeforeMillis, long deadBeforeMillis) {
    return inTransaction(
        connection -> {
          int events =
              Sql.FORGET_EVENTS.update(
                  connection, deliveredBeforeMillis, deadBeforeMillis, FORGOTTEN_AT_ONCE);
          int attempts =
              Sql.FORGET_ATTEMPTS.update(connection, deliveredBeforeMillis, FORGOTTEN_AT_ONCE);
          int queues = Sql.FORGET_QUEUES.update(connection, deadBeforeMillis, FORGOTTEN_AT_ONCE);
          return Math.max(Math.max(events, attempts), queues) == FORGOTTEN_AT_ONCE;
        });
  }
}
