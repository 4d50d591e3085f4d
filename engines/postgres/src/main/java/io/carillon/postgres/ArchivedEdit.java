package io.carillon.postgres;

import io.carillon.core.engine.Archive.Targets;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.Edit;
import io.carillon.core.model.Message;
import io.carillon.core.model.Message.Meta;
import io.carillon.core.model.Payload;
import io.carillon.core.model.Position;
import io.carillon.core.model.Publication;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The columns of the table {@code archive} that have to do with operations. Stateless. */
final class ArchivedEdit {
  private static final short APPEND = 0;
  private static final short UPDATE = 1;
  private static final short DELETE = 2;

  private static final String FIND =
      ArchiveTable.SELECT
          + """
             and op is null and message_id = ? order by epoch desc, log_offset desc limit 1
            """;

  /**
   * Of each target the operation that put something in its place last, a deletion before all, and
   * the appends behind it as one: what a text was streamed in may be thousands of rows.
   */
  private static final String OPERATIONS =
      """
      with operations as materialized (
      """
          + ArchiveTable.SELECT
          + """
             and op is not null and (epoch, log_offset) <= (?, ?)
             and (target_epoch, target_offset) in (select * from unnest(?::bigint[], ?::bigint[]))
            ),
            rewrites as (
              select distinct on (target_epoch, target_offset) * from operations where op > 0
              order by target_epoch, target_offset, op = 2 desc,
                case op when 2 then epoch end, case op when 2 then log_offset end,
                epoch desc, log_offset desc
            ),
            appends as (
              select (array_agg(o.epoch order by o.epoch desc, o.log_offset desc))[1] as epoch,
                (array_agg(o.log_offset order by o.epoch desc, o.log_offset desc))[1] as log_offset,
                max(o.accepted), null::bytea, min(o.event),
                string_agg(o.payload, ''::bytea order by o.epoch, o.log_offset),
                o.form, 0::smallint, null::bigint, null::bytea, 0::smallint, min(o.ref),
                o.target_epoch, o.target_offset,
                (array_agg(o.extras order by o.epoch desc, o.log_offset desc)
                  filter (where o.extras is not null))[1]
              from operations o left join rewrites r using (target_epoch, target_offset)
              where o.op = 0 and (r.op is null or
                (r.op = 1 and (o.epoch, o.log_offset) > (r.epoch, r.log_offset)))
              group by o.target_epoch, o.target_offset, o.form
            )
            select * from rewrites union all select * from appends order by epoch, log_offset
            """;

  private ArchivedEdit() {}

  static @Nullable Short kind(Message message) {
    Edit.Operation operation = message.operation();
    if (operation == null) {
      return null;
    }
    return switch (operation.kind()) {
      case APPEND -> APPEND;
      case UPDATE -> UPDATE;
      case DELETE -> DELETE;
    };
  }

  private static Edit.Kind kind(short kind) {
    return switch (kind) {
      case APPEND -> Edit.Kind.APPEND;
      case UPDATE -> Edit.Kind.UPDATE;
      case DELETE -> Edit.Kind.DELETE;
      default -> throw new IllegalStateException("op: " + kind + " (expected: 0, 1 or 2)");
    };
  }

  static @Nullable String ref(Message message) {
    Edit.Operation operation = message.operation();
    return operation == null ? null : operation.ref();
  }

  static @Nullable Long target(Message message, ToLongFunction<Position> part) {
    Edit.Operation operation = message.operation();
    Position target = operation == null ? null : operation.target();
    return target == null ? null : part.applyAsLong(target);
  }

  static byte @Nullable [] extras(Message message) {
    Payload extras = message.extras();
    return extras == null ? null : extras.bytes();
  }

  /** Beside the payload of a row of {@link ArchiveTable#SELECT}. */
  static Meta meta(ResultSet row) throws SQLException {
    byte[] extras = row.getBytes(15);
    Short kind = row.getObject(11, Short.class);
    Edit edit =
        kind == null
            ? null
            : new Edit.Operation(
                kind(kind),
                Objects.requireNonNull(ArchiveTable.text(row.getBytes(12))),
                new Position(row.getLong(13), row.getLong(14)),
                List.of());
    return extras == null ? Meta.of(edit) : new Meta(Payload.json(extras), edit);
  }

  static Optional<Publication> find(
      Connection connection, ChannelId channel, String id, long sinceMillis) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(FIND)) {
      ArchiveTable.setScope(select, channel, sinceMillis);
      select.setBytes(6, ArchiveTable.utf8(id));
      return ArchiveTable.publications(channel, select).stream().findFirst();
    }
  }

  static List<Publication> operations(Connection connection, Targets targets) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(OPERATIONS)) {
      ArchiveTable.setScope(select, targets.channel(), targets.sinceMillis());
      select.setLong(6, targets.upTo().epoch());
      select.setLong(7, targets.upTo().offset());
      select.setArray(8, numbers(connection, targets.positions(), Position::epoch));
      select.setArray(9, numbers(connection, targets.positions(), Position::offset));
      return ArchiveTable.publications(targets.channel(), select);
    }
  }

  private static Array numbers(
      Connection connection, List<Position> positions, ToLongFunction<Position> part)
      throws SQLException {
    return connection.createArrayOf(
        "int8", positions.stream().map(part::applyAsLong).toArray(Long[]::new));
  }
}
