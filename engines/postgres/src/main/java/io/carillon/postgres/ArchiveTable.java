package io.carillon.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.core.engine.Archive.Order;
import io.carillon.core.engine.Archive.Range;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.ConnectionId;
import io.carillon.core.model.Message;
import io.carillon.core.model.Message.Origin;
import io.carillon.core.model.Payload;
import io.carillon.core.model.Position;
import io.carillon.core.model.Publication;
import java.lang.reflect.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of the table {@code archive}, in and out. Stateless. */
final class ArchiveTable {
  private static final short TEXT = 0;
  private static final short JSON = 1;
  private static final short BINARY = 2;
  private static final short BACKEND = 0;
  private static final short CLIENT = 1;

  private static final String INSERT =
      """
      insert into archive (day, app_id, channel, epoch, log_offset, accepted_at,
        message_id, event, payload, form, sender, connection, user_id,
        op, ref, target_epoch, target_offset, extras, merged_ids)
      select date '1970-01-01' + (accepted / 86400000)::integer, app_id, channel, epoch, log_offset,
        to_timestamp(accepted / 1000.0), message_id, event, payload, form, sender, connection, user_id,
        op, ref, target_epoch, target_offset, extras, merged_ids::bytea[]
      from unnest(?::text[], ?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bytea[],
        ?::bytea[], ?::bytea[], ?::smallint[], ?::smallint[], ?::bigint[], ?::bytea[],
        ?::smallint[], ?::bytea[], ?::bigint[], ?::bigint[], ?::bytea[], ?::text[])
        as batch (app_id, channel, epoch, log_offset, accepted, message_id,
          event, payload, form, sender, connection, user_id,
          op, ref, target_epoch, target_offset, extras, merged_ids)
      on conflict do nothing
      """;

  /**
   * The day only leaves partitions out. An application that was deleted and made again does not get
   * what it had before, as it may be another tenant's.
   */
  static final String SELECT =
      """
      select epoch, log_offset, (extract(epoch from accepted_at) * 1000)::bigint as accepted,
        message_id, event, payload, form, sender, connection, user_id,
        op, ref, target_epoch, target_offset, extras
      from archive
      where app_id = ? and channel = ? and day >= ? and accepted_at >= to_timestamp(? / 1000.0)
        and accepted_at >= (select created_at from apps where id = ?)
      """;

  private static final String AFTER =
      " and (epoch, log_offset) > (?, ?) order by epoch, log_offset limit ?";
  private static final String BEFORE =
      " and (epoch, log_offset) < (?, ?) order by epoch desc, log_offset desc limit ?";
  private static final String OLDEST_FIRST = SELECT + AFTER;
  private static final String NEWEST_FIRST = SELECT + BEFORE;
  private static final String OLDEST_MESSAGES_FIRST = SELECT + " and op is null" + AFTER;
  private static final String NEWEST_MESSAGES_FIRST = SELECT + " and op is null" + BEFORE;

  private ArchiveTable() {}

  /** The day whose partition takes the publication. */
  static LocalDate dayOf(Publication publication) {
    return dayOf(publication.timestampMillis());
  }

  static LocalDate dayOf(long epochMillis) {
    return LocalDate.ofInstant(Instant.ofEpochMilli(epochMillis), ZoneOffset.UTC);
  }

  /** All of them in one statement; what is there already stays as it is. */
  static void insert(Connection connection, List<Publication> rows) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      Columns columns = new Columns(connection, insert, rows);
      columns.set("text", String.class, row -> row.channel().app().value());
      columns.set("text", String.class, row -> row.channel().name().value());
      columns.set("int8", Long.class, row -> row.position().epoch());
      columns.set("int8", Long.class, row -> row.position().offset());
      columns.set("int8", Long.class, Publication::timestampMillis);
      columns.set("bytea", byte[].class, row -> utf8(row.message().id()));
      columns.set("bytea", byte[].class, row -> utf8(row.message().event()));
      columns.set("bytea", byte[].class, row -> row.message().payload().bytes());
      columns.set("int2", Short.class, row -> number(row.message().payload().form()));
      columns.set("int2", Short.class, row -> sender(row.message().origin()));
      columns.set("int8", Long.class, row -> connection(row.message().origin()));
      columns.set("bytea", byte[].class, row -> utf8(userId(row.message().origin())));
      columns.set("int2", Short.class, row -> ArchivedEdit.kind(row.message()));
      columns.set("bytea", byte[].class, row -> utf8(ArchivedEdit.ref(row.message())));
      columns.set("int8", Long.class, row -> ArchivedEdit.target(row.message(), Position::epoch));
      columns.set("int8", Long.class, row -> ArchivedEdit.target(row.message(), Position::offset));
      columns.set("bytea", byte[].class, row -> ArchivedEdit.extras(row.message()));
      columns.set("text", String.class, row -> ArchivedIds.merged(row.message()));
      insert.executeUpdate();
    }
  }

  /** Sets one array after the other. Confined to its caller. */
  private static final class Columns {
    private final Connection connection;
    private final PreparedStatement statement;
    private final List<Publication> rows;
    private int index;

    Columns(Connection connection, PreparedStatement statement, List<Publication> rows) {
      this.connection = connection;
      this.statement = statement;
      this.rows = rows;
    }

    /** The driver sends an array of its elements' own type in its binary form. */
    void set(String type, Class<?> element, Column column) throws SQLException {
      @Nullable Object[] values = (@Nullable Object[]) Array.newInstance(element, rows.size());
      for (int i = 0; i < values.length; i++) {
        values[i] = column.of(rows.get(i));
      }
      statement.setArray(++index, connection.createArrayOf(type, values));
    }
  }

  private interface Column {
    @Nullable Object of(Publication row);
  }

  static List<Publication> select(Connection connection, Range range) throws SQLException {
    return select(
        connection, range, range.order() == Order.OLDEST_FIRST ? OLDEST_FIRST : NEWEST_FIRST);
  }

  /** What {@link #select} does, without the operations. */
  static List<Publication> selectMessages(Connection connection, Range range) throws SQLException {
    return select(
        connection,
        range,
        range.order() == Order.OLDEST_FIRST ? OLDEST_MESSAGES_FIRST : NEWEST_MESSAGES_FIRST);
  }

  private static List<Publication> select(Connection connection, Range range, String sql)
      throws SQLException {
    boolean forward = range.order() == Order.OLDEST_FIRST;
    long end = forward ? Long.MIN_VALUE : Long.MAX_VALUE;
    Position from = range.from();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      setScope(select, range.channel(), range.sinceMillis());
      select.setLong(6, from == null ? end : from.epoch());
      select.setLong(7, from == null ? end : from.offset());
      select.setInt(8, range.limit());
      return publications(range.channel(), select);
    }
  }

  /** The first parameters of every selection: the channel, and from when on. */
  static void setScope(PreparedStatement select, ChannelId channel, long sinceMillis)
      throws SQLException {
    setScope(select, 1, channel, sinceMillis);
  }

  /** Five parameters from this one on. */
  static void setScope(PreparedStatement select, int first, ChannelId channel, long sinceMillis)
      throws SQLException {
    long since = Math.max(0, sinceMillis);
    select.setString(first, channel.app().value());
    select.setString(first + 1, channel.name().value());
    select.setObject(first + 2, dayOf(since));
    select.setLong(first + 3, since);
    select.setString(first + 4, channel.app().value());
  }

  static List<Publication> publications(ChannelId channel, PreparedStatement select)
      throws SQLException {
    try (ResultSet rows = select.executeQuery()) {
      List<Publication> found = new ArrayList<>();
      while (rows.next()) {
        found.add(publication(channel, rows));
      }
      return found;
    }
  }

  private static Publication publication(ChannelId channel, ResultSet row) throws SQLException {
    Message message =
        new Message(
            text(row.getBytes(4)),
            new String(row.getBytes(5), UTF_8),
            payload(row.getShort(7), row.getBytes(6)),
            origin(row.getShort(8), row.getObject(9, Long.class), text(row.getBytes(10))),
            ArchivedEdit.meta(row));
    return new Publication(
        channel, new Position(row.getLong(1), row.getLong(2)), message, row.getLong(3));
  }

  private static short number(Payload.Form form) {
    return switch (form) {
      case TEXT -> TEXT;
      case JSON -> JSON;
      case BINARY -> BINARY;
    };
  }

  static Payload payload(short form, byte[] bytes) {
    return switch (form) {
      case TEXT -> Payload.text(new String(bytes, UTF_8));
      case JSON -> Payload.json(bytes);
      case BINARY -> Payload.binary(bytes);
      default -> throw new IllegalStateException("form: " + form + " (expected: 0, 1 or 2)");
    };
  }

  private static short sender(Origin origin) {
    return switch (origin) {
      case Origin.Backend backend -> BACKEND;
      case Origin.Client client -> CLIENT;
    };
  }

  private static @Nullable Long connection(Origin origin) {
    ConnectionId connection = origin.excluded();
    return connection == null ? null : connection.value();
  }

  private static @Nullable String userId(Origin origin) {
    return origin instanceof Origin.Client client ? client.userId() : null;
  }

  private static Origin origin(short sender, @Nullable Long connection, @Nullable String userId) {
    ConnectionId id = connection == null ? null : new ConnectionId(connection);
    if (sender == CLIENT) {
      return new Origin.Client(id, userId);
    }
    return id == null ? Origin.Backend.TO_EVERYONE : new Origin.Backend(id);
  }

  static byte @Nullable [] utf8(@Nullable String text) {
    return text == null ? null : text.getBytes(UTF_8);
  }

  static @Nullable String text(byte @Nullable [] utf8) {
    return utf8 == null ? null : new String(utf8, UTF_8);
  }

  /** Makes sure that the day has its partition; costs a lock, so not to be called for each row. */
  static void createDay(Connection connection, LocalDate day) throws SQLException {
    try (PreparedStatement create = connection.prepareStatement("select create_archive_day(?)")) {
      create.setObject(1, day);
      create.execute();
    }
  }

  /** Drops what no rule keeps any more; answers how many days that were. */
  static int dropDays(Connection connection, LocalDate today) throws SQLException {
    try (PreparedStatement drop =
        connection.prepareStatement(
            """
            select drop_archive_days(?::date - coalesce(max(history_days), 1)) from channel_rules
            """)) {
      drop.setObject(1, today);
      try (ResultSet dropped = drop.executeQuery()) {
        return dropped.next() ? dropped.getInt(1) : 0;
      }
    }
  }

  /** Sees to it that no epoch floor will be below this epoch. */
  static void raiseEpochs(Connection connection, long epoch) throws SQLException {
    try (PreparedStatement raise =
        connection.prepareStatement("update archive_epochs set last = greatest(last, ?)")) {
      raise.setLong(1, epoch);
      raise.executeUpdate();
    }
  }

  /** A new epoch floor: this much greater than the last one, and not before the time of day. */
  static long nextEpochs(Connection connection, long step, long least) throws SQLException {
    try (PreparedStatement next =
        connection.prepareStatement(
            "update archive_epochs set last = greatest(last + ?, ?) returning last")) {
      next.setLong(1, step);
      next.setLong(2, least);
      try (ResultSet row = next.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}
