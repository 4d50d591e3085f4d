package io.carillon.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.core.model.ChannelId;
import io.carillon.core.model.Edit;
import io.carillon.core.model.Message;
import io.carillon.core.model.Position;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the archive knows of ids, and of epochs that have ended. Stateless. */
final class ArchivedIds {
  private static final String SCOPE =
      """
       from archive
      where app_id = ? and channel = ? and day >= ? and accepted_at >= to_timestamp(? / 1000.0)
        and accepted_at >= (select created_at from apps where id = ?)
      """;

  /** Three parts, as each has an index. */
  private static final String POSITIONS =
      "select message_id, epoch, log_offset"
          + SCOPE
          + " and op is null and message_id = any(?) union all select message_id, epoch, log_offset"
          + SCOPE
          + " and op is not null and message_id = any(?) union all"
          + " select unnest(merged_ids), epoch, log_offset"
          + SCOPE
          + " and merged_ids is not null and merged_ids && ?";

  private static final int SCOPE_PARAMETERS = 5;
  private static final int PARTS = 3;

  private ArchivedIds() {}

  /** Of each id that is there the first position. */
  static Map<String, Position> positionsOf(
      Connection connection, ChannelId channel, List<String> ids, long sinceMillis)
      throws SQLException {
    Array wanted =
        connection.createArrayOf(
            "bytea", ids.stream().map(id -> id.getBytes(UTF_8)).toArray(byte[][]::new));
    try (PreparedStatement select = connection.prepareStatement(POSITIONS)) {
      for (int part = 0; part < PARTS; part++) {
        int first = part * (SCOPE_PARAMETERS + 1) + 1;
        ArchiveTable.setScope(select, first, channel, sinceMillis);
        select.setArray(first + SCOPE_PARAMETERS, wanted);
      }
      Map<String, Position> found = new HashMap<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          String id = Objects.requireNonNull(ArchiveTable.text(rows.getBytes(1)));
          Position position = new Position(rows.getLong(2), rows.getLong(3));
          found.merge(id, position, (one, two) -> one.isAfter(two) ? two : one);
        }
      }
      found.keySet().retainAll(ids);
      return Map.copyOf(found);
    }
  }

  /**
   * @param from the first day of which rows may be recent
   */
  static void seal(Connection connection, ChannelId channel, long epoch, LocalDate from)
      throws SQLException {
    try (PreparedStatement seal = connection.prepareStatement("select seal_archive(?, ?, ?, ?)")) {
      seal.setString(1, channel.app().value());
      seal.setString(2, channel.name().value());
      seal.setLong(3, epoch);
      seal.setObject(4, from);
      seal.execute();
    }
  }

  /**
   * @param from the first day of which rows may be recent
   */
  static boolean confirm(
      Connection connection, ChannelId channel, Position position, long epoch, LocalDate from)
      throws SQLException {
    try (PreparedStatement confirm =
        connection.prepareStatement("select confirm_archived(?, ?, ?, ?, ?, ?)")) {
      confirm.setString(1, channel.app().value());
      confirm.setString(2, channel.name().value());
      confirm.setLong(3, position.epoch());
      confirm.setLong(4, position.offset());
      confirm.setLong(5, epoch);
      confirm.setObject(6, from);
      try (ResultSet row = confirm.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  /** Forgets how epochs ended of which nothing can be on its way any more. */
  static void forgetEnds(Connection connection, LocalDate before) throws SQLException {
    for (String table : List.of("archive_ends", "archive_seals")) {
      try (PreparedStatement delete =
          connection.prepareStatement("delete from " + table + " where sealed_at < ?::date")) {
        delete.setObject(1, before);
        delete.executeUpdate();
      }
    }
  }

  /** As text, since an array of arrays is one to Postgres whose rows have the same length. */
  static @Nullable String merged(Message message) {
    Edit.Operation operation = message.operation();
    return operation == null || operation.mergedIds().isEmpty()
        ? null
        : operation.mergedIds().stream()
            .map(id -> "\"\\\\x" + HexFormat.of().formatHex(id.getBytes(UTF_8)) + '"')
            .collect(Collectors.joining(",", "{", "}"));
  }
}
