package io.carillon.standalone.cli;

import io.carillon.client.Gap;
import io.carillon.client.Message;
import io.carillon.standalone.cli.Columns.Cell;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Messages as lines: aligned for people, between tabs for programs, or as JSON. Thread-safe. */
final class MessageLines {
  private final Console console;
  private final Columns columns;
  private final Form form;

  /** How messages are written. */
  enum Form {
    /** Time of day, position, event, data. */
    LIVE,
    /** As live, of several channels. */
    CHANNELS,
    /** With the day. */
    PAST,
    /** An object a line. */
    JSON
  }

  MessageLines(Console console, Form form) {
    this.console = console;
    this.columns = new Columns(console);
    this.form = form;
  }

  /** The message as one line. */
  String line(String channel, Message<Object> message) {
    if (form == Form.JSON) {
      return Text.printable(Json.write(fields(channel, message)));
    }
    List<Cell> cells = new ArrayList<>();
    cells.add(Cell.dim(time(message.timestamp())));
    cells.add(Cell.dim(message.position().toString()));
    if (form == Form.CHANNELS) {
      cells.add(Cell.plain(channel));
    }
    cells.add(
        Cell.strong(
            message.name()
                + message
                    .change()
                    .map(change -> " (" + change.operation() + " " + change.ref() + ")")
                    .orElse("")));
    cells.add(Cell.plain(message.deleted() ? "(deleted)" : text(message.data())));
    return columns.row(cells);
  }

  /** Text as it is, everything else as JSON. */
  static String text(@Nullable Object data) {
    return data instanceof String text ? text : Json.write(data);
  }

  /** For programs the same everywhere, for people as their clock shows it. */
  private String time(Instant instant) {
    if (!console.isTerminal()) {
      return instant.toString();
    }
    ZonedDateTime time = instant.atZone(ZoneId.systemDefault());
    StringBuilder text = new StringBuilder(24);
    if (form == Form.PAST) {
      text.append(time.toLocalDate()).append(' ');
    }
    two(text, time.getHour()).append(':');
    two(text, time.getMinute()).append(':');
    two(text, time.getSecond()).append('.');
    int millis = time.getNano() / 1_000_000;
    return text.append(millis < 100 ? "0" : "")
        .append(millis < 10 ? "0" : "")
        .append(millis)
        .toString();
  }

  private static StringBuilder two(StringBuilder text, int number) {
    return text.append(number < 10 ? "0" : "").append(number);
  }

  private static Map<String, @Nullable Object> fields(String channel, Message<Object> message) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("type", "message");
    fields.put("channel", channel);
    fields.put("position", message.position().toString());
    fields.put("event", message.name());
    if (!message.deleted()) {
      fields.put("data", message.data());
    }
    if (message.data() instanceof byte[]) {
      fields.put("encoding", "base64");
    }
    message.id().ifPresent(id -> fields.put("id", id));
    message.clientId().ifPresent(id -> fields.put("clientId", id));
    fields.put("time", message.timestamp().toString());
    message
        .change()
        .ifPresent(
            change -> {
              fields.put("operation", change.operation());
              fields.put("ref", change.ref());
            });
    if (message.deleted()) {
      fields.put("deleted", true);
    }
    return fields;
  }

  /** A gap for programs. */
  static String json(String channel, Gap gap) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("type", "gap");
    fields.put("channel", channel);
    fields.put("from", gap.from().toString());
    fields.put("to", gap.to().toString());
    fields.put("reason", gap.reason());
    return Json.write(fields);
  }

  /** A gap for people. */
  static String text(String channel, Gap gap) {
    return "Gap on %s: messages behind %s up to %s are missing for good (%s)"
        .formatted(channel, gap.from(), gap.to(), why(gap.reason()));
  }

  private static String why(String reason) {
    return switch (reason) {
      case "epoch" -> "the server's log was lost";
      case "expired" -> "the server does not keep them any more";
      case "too-far" -> "they are too many";
      default -> Text.printable(reason);
    };
  }
}
