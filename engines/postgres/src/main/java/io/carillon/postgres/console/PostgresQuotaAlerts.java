package io.carillon.postgres.console;

import io.carillon.core.account.QuotaAlerts;
import io.carillon.core.model.TenantId;
import io.micronaut.transaction.TransactionOperations;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Quotas by the tables of usage, and what was told in one of its own. Immutable, thread-safe. */
record PostgresQuotaAlerts(TransactionOperations<Connection> transactions) implements QuotaAlerts {
  private static final String USED = "select * from used_of_plan(?, ?, ?)";
  private static final String CLAIM =
      "insert into quota_alerts (tenant_id, quota, begins_at, percent, used, allowed)"
          + " values (?, ?, ?, ?, ?, ?) on conflict do nothing";

  @Override
  public List<Used> used(String plan, Instant day, Instant month) {
    return transactions.executeRead(
        status -> {
          try (PreparedStatement select = status.getConnection().prepareStatement(USED)) {
            select.setString(1, plan);
            select.setObject(2, utc(day));
            select.setObject(3, utc(month));
            try (ResultSet rows = select.executeQuery()) {
              List<Used> all = new ArrayList<>();
              while (rows.next()) {
                all.add(used(rows));
              }
              return all;
            }
          }
        });
  }

  private static Used used(ResultSet row) throws SQLException {
    return new Used(
        new TenantId(row.getObject("id", UUID.class)),
        row.getString("name"),
        row.getLong("messages_of_day"),
        row.getLong("messages_of_month"),
        row.getLong("deliveries_of_month"));
  }

  @Override
  public boolean claim(Alert alert) {
    return transactions.executeWrite(
        status -> {
          try (PreparedStatement insert = status.getConnection().prepareStatement(CLAIM)) {
            insert.setObject(1, alert.tenant().value());
            insert.setString(2, alert.quota());
            insert.setObject(3, utc(alert.from()));
            insert.setInt(4, alert.percent());
            insert.setLong(5, alert.used());
            insert.setLong(6, alert.allowed());
            return insert.executeUpdate() > 0;
          }
        });
  }

  private static OffsetDateTime utc(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }
}
