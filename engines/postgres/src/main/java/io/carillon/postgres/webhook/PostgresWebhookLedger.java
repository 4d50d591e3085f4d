package io.carillon.postgres.webhook;

import io.carillon.core.webhook.WebhookAttempt;
import io.carillon.core.webhook.WebhookId;
import io.carillon.core.webhook.WebhookLedger;
import io.micronaut.transaction.TransactionOperations;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The ledger in its tables. Immutable, thread-safe. */
record PostgresWebhookLedger(TransactionOperations<Connection> transactions)
    implements WebhookLedger {
  @Override
  public List<Listed> events(WebhookId endpoint, @Nullable State state, long before, int limit) {
    Object letter = letter(state);
    return transactions.executeRead(
        status ->
            Sql.EVENTS.query(
                status.getConnection(),
                PostgresWebhookLedger::listed,
                endpoint.value(),
                before,
                letter,
                letter,
                limit));
  }

  private static Object letter(@Nullable State state) {
    return switch (state) {
      case null -> Sql.Absent.TEXT;
      case WAITING -> "W";
      case DELIVERED -> "D";
      case DEAD -> "X";
    };
  }

  private static Listed listed(ResultSet row) throws SQLException {
    State state =
        switch (row.getString("state")) {
          case "W" -> State.WAITING;
          case "D" -> State.DELIVERED;
          default -> State.DEAD;
        };
    return new Listed(
        Events.waiting(row),
        state,
        row.getInt("attempts"),
        row.getInt("replays"),
        row.getLong("settled_at"));
  }

  @Override
  public List<Call> attempts(WebhookId endpoint, long event, long before, int limit) {
    return transactions.executeRead(
        status ->
            Sql.ATTEMPTS.query(
                status.getConnection(),
                PostgresWebhookLedger::call,
                endpoint.value(),
                before,
                event,
                event,
                limit));
  }

  private static Call call(ResultSet row) throws SQLException {
    WebhookAttempt attempt =
        new WebhookAttempt(
            new WebhookId(row.getObject("webhook_id", UUID.class)),
            row.getString("call_id"),
            row.getLong("began_at"),
            row.getInt("attempt"),
            new WebhookAttempt.Result(
                row.getInt("millis"), row.getInt("status"), row.getString("reply")));
    return new Call(
        row.getLong("number"), attempt, List.of((Long[]) row.getArray("events").getArray()));
  }

  @Override
  public int replay(WebhookId endpoint, Range range, long nowMillis) {
    Object letter = letter(range.state());
    return transactions.executeWrite(
        status ->
            Sql.REPLAY
                .query(
                    status.getConnection(),
                    row -> row.getInt(1),
                    endpoint.value(),
                    range.first(),
                    range.last(),
                    letter,
                    letter,
                    REPLAYED_MAX,
                    nowMillis,
                    nowMillis,
                    nowMillis)
                .getFirst());
  }
}
