package io.carillon.edge.protocol.carillon;

import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.history.HistoryQuery;
import io.carillon.core.model.Payload;
import io.carillon.core.model.PlainText;
import io.carillon.core.session.Catchup;
import io.carillon.edge.format.ValueReader;
import io.carillon.edge.format.ValueReader.Kind;
import io.carillon.edge.format.WireFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads messages into frames (clauses 1.2 to 1.5). Stateless. */
final class FrameReader {
  static final int FRAMES_MAX = 100;
  static final int ITEMS_MAX = 100;
  private static final int ID_MAX = 128;
  private static final int HISTORY_DEFAULT = 100;

  /** With what who has nothing to say is present. */
  private static final Payload NO_DATA = Payload.json("null".getBytes(StandardCharsets.US_ASCII));

  private FrameReader() {}

  /**
   * The frames of a message.
   *
   * @throws IOException when it is not of the format, not a map or array of maps, or too many
   */
  static List<ClientFrame> read(WireFormat format, byte[] message) throws IOException {
    List<ClientFrame> frames = new ArrayList<>(1);
    try (ValueReader reader = format.reader(message)) {
      switch (reader.next()) {
        case MAP -> frames.add(frameOf(FrameFields.read(reader)));
        case ARRAY -> readArray(reader, frames);
        default -> throw new IOException("neither an object nor an array");
      }
      if (reader.next() != Kind.END) {
        throw new IOException("more than one value");
      }
    }
    return frames;
  }

  private static void readArray(ValueReader reader, List<ClientFrame> frames) throws IOException {
    while (reader.next() != Kind.END) {
      if (reader.kind() != Kind.MAP || frames.size() == FRAMES_MAX) {
        throw new IOException("not an array of up to " + FRAMES_MAX + " objects");
      }
      frames.add(frameOf(FrameFields.read(reader)));
    }
  }

  private static ClientFrame frameOf(FrameFields fields) {
    Long i = fields.number("i");
    String type = fields.text("t");
    if (fields.problem() != null || type == null) {
      String problem = fields.problem();
      return invalid(fields, problem == null ? "t: missing (expected: the frame's type)" : problem);
    }
    return switch (type) {
      case "hello" ->
          new ClientFrame.Hello(
              i,
              new ClientFrame.Credentials(
                  fields.text("token"), fields.text("ticket"), fields.text("key")),
              fields.text("session"));
      case "auth" -> {
        String token = fields.text("token");
        yield token == null
            ? invalid(fields, "token: missing (expected: a client token)")
            : new ClientFrame.Auth(i, token);
      }
      case "sub" -> sub(fields);
      case "unsub", "enter", "leave", "who", "eph" -> ofChannel(type, fields);
      case "pub" -> pub(fields);
      case "hist" -> hist(fields);
      case "ping" -> new ClientFrame.Ping(i);
      case "bye" -> new ClientFrame.Bye(i);
      case "pong" -> new ClientFrame.Ignored(null);
      default -> i == null ? new ClientFrame.Ignored(null) : invalid(fields, "t: unknown type");
    };
  }

  private static ClientFrame ofChannel(String type, FrameFields fields) {
    Long i = fields.number("i");
    String channel = fields.text("ch");
    if (channel == null) {
      return noChannel(fields);
    }
    return switch (type) {
      case "enter" -> {
        Payload data = fields.memberData("d");
        yield new ClientFrame.Enter(i, channel, data == null ? NO_DATA : data);
      }
      case "leave" -> new ClientFrame.Leave(i, channel);
      case "who" -> new ClientFrame.Who(i, channel);
      case "eph" -> eph(fields, channel);
      default -> new ClientFrame.Unsub(i, channel);
    };
  }

  private static ClientFrame eph(FrameFields fields, String channel) {
    List<ClientFrame.Item> items = fields.items();
    return items == null || items.isEmpty() || items.size() > ITEMS_MAX
        ? invalid(fields, "m: none or too many (expected: 1 to " + ITEMS_MAX + " signals)")
        : new ClientFrame.Eph(fields.number("i"), channel, items);
  }

  private static ClientFrame sub(FrameFields fields) {
    String channel = fields.text("ch");
    Long rewind = fields.number("rewind");
    if (channel == null) {
      return noChannel(fields);
    }
    if (rewind != null && (rewind < 1 || rewind > Catchup.MESSAGES_MAX)) {
      return invalid(
          fields, "rewind: " + rewind + " (expected: 1 to " + Catchup.MESSAGES_MAX + ")");
    }
    if (rewind != null && fields.position("since") != null) {
      return invalid(fields, "rewind: beside since (expected: one of them)");
    }
    return new ClientFrame.Sub(
        fields.number("i"),
        channel,
        fields.position("since"),
        rewind == null ? null : rewind.intValue(),
        new ClientFrame.Attendance(fields.view(), fields.memberData("enter")));
  }

  private static ClientFrame pub(FrameFields fields) {
    String channel = fields.text("ch");
    List<ClientFrame.Item> items = fields.items();
    if (channel == null) {
      return noChannel(fields);
    }
    if (items == null || items.isEmpty() || items.size() > ITEMS_MAX) {
      String seen =
          items == null ? "missing" : items.isEmpty() ? "empty" : "over " + ITEMS_MAX + " messages";
      return invalid(fields, "m: " + seen + " (expected: 1 to " + ITEMS_MAX + ")");
    }
    for (ClientFrame.Item item : items) {
      String id = item.id();
      if (id != null && (id.isEmpty() || id.length() > ID_MAX)) {
        return invalid(
            fields, "id: " + id.length() + " characters (expected: 1 to " + ID_MAX + ")");
      }
      if (id != null && !PlainText.isWellFormed(id)) {
        return invalid(fields, "id: half of a surrogate pair (expected: whole characters)");
      }
    }
    return new ClientFrame.Pub(fields.number("i"), channel, items);
  }

  private static ClientFrame hist(FrameFields fields) {
    String channel = fields.text("ch");
    Long limit = fields.number("limit");
    long wanted = limit == null ? HISTORY_DEFAULT : limit;
    if (channel == null) {
      return noChannel(fields);
    }
    if (wanted < 1 || wanted > HistoryQuery.LIMIT_MAX) {
      return invalid(
          fields, "limit: " + limit + " (expected: 1 to " + HistoryQuery.LIMIT_MAX + ")");
    }
    if (fields.position("before") != null && fields.position("after") != null) {
      return invalid(fields, "before: beside after (expected: one of them)");
    }
    return new ClientFrame.Hist(
        fields.number("i"),
        channel,
        fields.position("before"),
        fields.position("after"),
        (int) wanted);
  }

  private static ClientFrame noChannel(FrameFields fields) {
    return invalid(fields, "ch: missing (expected: the channel's name)");
  }

  private static ClientFrame invalid(FrameFields fields, String detail) {
    @Nullable String channel = fields.text("ch");
    return new ClientFrame.Invalid(
        fields.number("i"), channel, Problem.of(ErrorCode.BAD_REQUEST, detail));
  }
}
