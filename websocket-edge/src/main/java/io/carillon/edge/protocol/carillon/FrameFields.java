package io.carillon.edge.protocol.carillon;

import io.carillon.core.hub.PresenceView;
import io.carillon.core.model.Payload;
import io.carillon.core.model.Position;
import io.carillon.edge.format.JsonBytes;
import io.carillon.edge.format.ValueReader;
import io.carillon.edge.format.ValueReader.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The known fields of one frame as they came, before anybody knows what they are for; of a key that
 * comes twice the last counts. A field of the wrong type is remembered as a problem. Not
 * thread-safe.
 */
final class FrameFields {
  private final Map<String, Object> values = HashMap.newHashMap(4);
  private @Nullable List<ClientFrame.Item> items;
  private @Nullable String problem;

  /** Reads the map at whose start the reader stands. */
  static FrameFields read(ValueReader reader) throws IOException {
    FrameFields fields = new FrameFields();
    while (reader.next() != Kind.END) {
      String name = reader.key();
      switch (name) {
        case "t", "ch", "token", "ticket", "key", "session" -> fields.readText(name, reader);
        case "i", "rewind", "limit" -> fields.readNumber(name, reader);
        case "since", "before", "after" -> fields.readPosition(name, reader);
        case "m" -> fields.readItems(reader);
        case "presence" -> fields.readView(reader);
        case "d", "enter" -> fields.readMemberData(name, reader);
        default -> reader.skip();
      }
    }
    return fields;
  }

  @Nullable String text(String name) {
    return values.get(name) instanceof String text ? text : null;
  }

  /** Whether it is there and true. */
  boolean flag(String name) {
    return Boolean.TRUE.equals(values.get(name));
  }

  @Nullable Long number(String name) {
    return values.get(name) instanceof Long number ? number : null;
  }

  /** One JSON value. */
  @Nullable Payload memberData(String name) {
    return values.get(name) instanceof Payload data ? data : null;
  }

  PresenceView view() {
    return values.get("presence") instanceof PresenceView view ? view : PresenceView.NONE;
  }

  @Nullable Position position(String name) {
    return values.get(name) instanceof Position position ? position : null;
  }

  /** The messages; at most one more than {@link FrameReader#ITEMS_MAX} has been kept. */
  @Nullable List<ClientFrame.Item> items() {
    return items;
  }

  /** What the first field of a wrong type was, or null. */
  @Nullable String problem() {
    return problem;
  }

  private void readText(String name, ValueReader reader) throws IOException {
    if (reader.kind() == Kind.TEXT) {
      values.put(name, reader.text());
    } else {
      wrong(name, "a string", reader);
    }
  }

  private void readNumber(String name, ValueReader reader) throws IOException {
    if (reader.kind() == Kind.INTEGER) {
      values.put(name, reader.integer());
    } else {
      wrong(name, "a whole number", reader);
    }
  }

  private void readFlag(String name, ValueReader reader) throws IOException {
    if (reader.kind() == Kind.BOOLEAN) {
      values.put(name, reader.bool());
    } else {
      wrong(name, "true or false", reader);
    }
  }

  private void readView(ValueReader reader) throws IOException {
    if (reader.kind() == Kind.BOOLEAN) {
      values.put("presence", reader.bool() ? PresenceView.CHANGES : PresenceView.NONE);
    } else if (reader.kind() == Kind.TEXT && reader.text().equals("count")) {
      values.put("presence", PresenceView.COUNT);
    } else {
      wrong("presence", "true or \"count\"", reader);
    }
  }

  private void readMemberData(String name, ValueReader reader) throws IOException {
    Payload data = reader.payload();
    if (data == null || data.form() == Payload.Form.BINARY) {
      problem(name + ": no JSON form (expected: a value that JSON has)");
    } else {
      values.put(
          name,
          data.form() == Payload.Form.JSON
              ? data
              : Payload.json(new JsonBytes(data.size() + 2).string(data.bytes()).toBytes()));
    }
  }

  private void readPosition(String name, ValueReader reader) throws IOException {
    if (reader.kind() != Kind.MAP) {
      wrong(name, "an object with e and o", reader);
      return;
    }
    FrameFields inner = new FrameFields();
    while (reader.next() != Kind.END) {
      String part = reader.key();
      if (part.equals("e") || part.equals("o")) {
        inner.readNumber(part, reader);
      } else {
        reader.skip();
      }
    }
    Long epoch = inner.number("e");
    Long offset = inner.number("o");
    if (epoch == null || offset == null || !Position.isValid(epoch, offset)) {
      problem(
          name + ": not a position (expected: an object with e and o, numbers from 0 to 2^53 - 1)");
    } else {
      values.put(name, new Position(epoch, offset));
    }
  }

  private void readItems(ValueReader reader) throws IOException {
    if (reader.kind() != Kind.ARRAY) {
      wrong("m", "an array of messages", reader);
      return;
    }
    List<ClientFrame.Item> read = new ArrayList<>();
    while (reader.next() != Kind.END) {
      if (reader.kind() != Kind.MAP) {
        wrong("m", "an array of objects", reader);
      } else if (read.size() > FrameReader.ITEMS_MAX || problem != null) {
        reader.skip(); // it is refused already, and need not cost more
      } else {
        readItem(reader, read);
      }
    }
    items = read;
  }

  private void readItem(ValueReader reader, List<ClientFrame.Item> read) throws IOException {
    FrameFields inner = new FrameFields();
    Payload data = null;
    Payload extras = null;
    while (reader.next() != Kind.END) {
      String part = reader.key();
      switch (part) {
        case "n", "id", "enc", "k", "op", "ref" -> inner.readText(part, reader);
        case "trace" -> inner.readFlag(part, reader);
        case "x" -> {
          extras = reader.payload();
          if (extras == null || !isObject(extras)) {
            inner.problem("x: no JSON object (expected: an object of a few fields)");
          }
        }
        case "d" -> {
          Payload payload = reader.payload();
          if (payload == null) {
            inner.problem(
                "d: no JSON form (expected: text keys, no ext types, finite numbers,"
                    + " and binary data as the whole of d only)");
          } else {
            data = payload;
          }
        }
        default -> reader.skip();
      }
    }
    String name = inner.text("op") == null || inner.text("n") != null ? inner.text("n") : "";
    Payload decoded = decoded(data == null ? Payload.text("") : data, inner.text("enc"));
    String mismatch = ItemMeta.problemWith(inner, data != null);
    if (inner.problem != null) {
      problem("m[" + read.size() + "]." + inner.problem);
    } else if (mismatch != null) {
      problem("m[" + read.size() + "]." + mismatch);
    } else if (name == null) {
      problem("m[" + read.size() + "].n: missing (expected: the event's name)");
    } else if (decoded == null) {
      problem(
          "m[" + read.size() + "].d: not Base64 (expected: with \"enc\":\"b64\" a Base64 text)");
    } else {
      read.add(
          new ClientFrame.Item(
              name, decoded, inner.text("id"), inner.text("k"), ItemMeta.read(inner, extras)));
    }
  }

  private static boolean isObject(Payload payload) {
    return payload.form() == Payload.Form.JSON && payload.asText().stripLeading().startsWith("{");
  }

  /** The payload as its encoding says, or null when it is not in that encoding. */
  private static @Nullable Payload decoded(Payload data, @Nullable String encoding) {
    if (encoding == null) {
      return data;
    }
    if (!encoding.equals("b64") || data.form() != Payload.Form.TEXT) {
      return null;
    }
    try {
      return Payload.binary(Base64.getDecoder().decode(data.bytes()));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private void wrong(String name, String expected, ValueReader reader) throws IOException {
    problem(name + ": wrong type (expected: " + expected + ")");
    reader.skip();
  }

  private void problem(String text) {
    if (problem == null) {
      problem = text;
    }
  }
}
