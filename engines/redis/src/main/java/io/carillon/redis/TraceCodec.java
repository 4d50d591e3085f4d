package io.carillon.redis;

import io.carillon.core.engine.TraceFacts;
import io.carillon.core.engine.TraceFacts.Accepted;
import io.carillon.core.engine.TraceFacts.Handed;
import io.carillon.core.engine.TraceFacts.Subject;
import io.carillon.core.engine.TraceFate;
import io.carillon.core.model.Position;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a node knows of a traced message, as the bytes of a row of its answer. Stateless. */
final class TraceCodec {
  private static final int NODE = 40;
  private static final int CHANNEL = 41;
  private static final int EPOCH = 42;
  private static final int OFFSET = 43;
  private static final int ID = 44;
  private static final int EVENT = 45;
  private static final int BYTES = 46;
  private static final int ACCEPTED_AT = 47;
  private static final int KEY = 48;
  private static final int LOG_MICROS = 49;
  private static final int ARCHIVE_MICROS = 50;
  private static final int DUPLICATE = 51;
  private static final int FIRST = 52;
  private static final int LAST = 53;
  private static final int BYTES_OUT = 54;

  /** A row for each fate, which nodes of another version may not know. */
  private static final int FATE = 55;

  private static final int COUNT = 56;

  private TraceCodec() {}

  static byte[] encode(TraceFacts facts) {
    Subject of = facts.of();
    ByteWriter out =
        new ByteWriter(InquiryCodec.VERSION, InquiryCodec.ROW_BYTES)
            .text(NODE, facts.node())
            .text(CHANNEL, of.channel())
            .number(EPOCH, of.position().epoch())
            .number(OFFSET, of.position().offset())
            .text(ID, of.id())
            .text(EVENT, of.event())
            .number(BYTES, of.bytes());
    Accepted accepted = facts.accepted();
    if (accepted != null) {
      accepted(out, accepted);
    }
    Handed handed = facts.handed();
    if (handed != null) {
      out.number(FIRST, handed.firstMillis())
          .number(LAST, handed.lastMillis())
          .number(BYTES_OUT, handed.bytes());
      handed.sockets().forEach((fate, count) -> out.bytes(InquiryCodec.ROW, row(fate, count)));
    }
    return out.done();
  }

  private static void accepted(ByteWriter out, Accepted accepted) {
    out.number(ACCEPTED_AT, accepted.atMillis())
        .text(KEY, accepted.key())
        .number(LOG_MICROS, accepted.logMicros())
        .number(DUPLICATE, accepted.duplicate() ? 1 : 0);
    Long archived = accepted.archiveMicros();
    if (archived != null) {
      out.number(ARCHIVE_MICROS, archived);
    }
  }

  private static byte[] row(TraceFate fate, int count) {
    return new ByteWriter(InquiryCodec.VERSION, InquiryCodec.ROW_BYTES)
        .text(FATE, fate.name())
        .number(COUNT, count)
        .done();
  }

  static TraceFacts trace(InquiryFields row) {
    Subject of =
        new Subject(
            row.text(CHANNEL),
            new Position(row.number(EPOCH), row.number(OFFSET)),
            row.textOrNull(ID),
            row.text(EVENT),
            (int) row.number(BYTES));
    return new TraceFacts(row.text(NODE), of, accepted(row), handed(row));
  }

  private static @Nullable Accepted accepted(InquiryFields row) {
    return row.has(ACCEPTED_AT)
        ? new Accepted(
            row.number(ACCEPTED_AT),
            row.textOrNull(KEY),
            row.number(LOG_MICROS),
            row.numberOrNull(ARCHIVE_MICROS),
            row.number(DUPLICATE) == 1)
        : null;
  }

  private static @Nullable Handed handed(InquiryFields row) {
    if (!row.has(FIRST)) {
      return null;
    }
    Map<TraceFate, Integer> sockets = new EnumMap<>(TraceFate.class);
    for (InquiryFields each : row.rows()) {
      for (TraceFate fate : TraceFate.values()) {
        if (fate.name().equals(each.text(FATE))) {
          sockets.put(fate, (int) each.number(COUNT));
        }
      }
    }
    return new Handed(row.number(FIRST), row.number(LAST), row.number(BYTES_OUT), sockets);
  }
}
