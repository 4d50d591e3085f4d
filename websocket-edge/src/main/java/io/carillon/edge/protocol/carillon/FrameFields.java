package io.carillon.edge.protocol.carillon;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.carillon.core.model.Payload;
import io.carillon.core.model.Position;
import io.carillon.edge.protocol.ClientJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The known fields of one frame as they came, before anybody knows what they are for. A field of
 * the wrong type is remembered as a problem. Not thread-safe.
 */
final class FrameFields {
  private final Map<String, String> texts = new HashMap<>();
  private final Map<String, Long> numbers = new HashMap<>();
  private final Map<String, Position> positions = new HashMap<>();
  private @Nullable List<ClientFrame.Item> items;
  private @Nullable String problem;

  /** Reads the object that the parser stands at the start of. */
  static FrameFields read(JsonParser parser) throws IOException {
    FrameFields fields = new FrameFields();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case "t", "ch", "token", "key" -> fields.readText(name, parser);
        case "i", "rewind", "limit" -> fields.readNumber(name, parser);
        case "since", "before", "after" -> fields.readPosition(name, parser);
        case "m" -> fields.readItems(parser);
        default -> parser.skipChildren();
      }
    }
    return fields;
  }

  @Nullable String text(String name) {
    return texts.get(name);
  }

  @Nullable Long number(String name) {
    return numbers.get(name);
  }

  @Nullable Position position(String name) {
    return positions.get(name);
  }

  @Nullable List<ClientFrame.Item> items() {
    return items;
  }

  /** What the first field of a wrong type was, or null. */
  @Nullable String problem() {
    return problem;
  }

  private void readText(String name, JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      texts.put(name, parser.getText());
    } else {
      wrong(name, "a string", parser);
    }
  }

  private void readNumber(String name, JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT
        && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
      numbers.put(name, parser.getLongValue());
    } else {
      wrong(name, "a whole number", parser);
    }
  }

  private void readPosition(String name, JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      wrong(name, "an object with e and o", parser);
      return;
    }
    FrameFields inner = new FrameFields();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String part = parser.currentName();
      parser.nextToken();
      if (part.equals("e") || part.equals("o")) {
        inner.readNumber(part, parser);
      } else {
        parser.skipChildren();
      }
    }
    Long epoch = inner.number("e");
    Long offset = inner.number("o");
    if (epoch == null || offset == null || offset < 0) {
      problem(name + ": not a position (expected: an object with e and o, numbers from 0 on)");
    } else {
      positions.put(name, new Position(epoch, offset));
    }
  }

  private void readItems(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      wrong("m", "an array of messages", parser);
      return;
    }
    List<ClientFrame.Item> read = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        wrong("m", "an array of objects", parser);
      } else {
        readItem(parser, read);
      }
    }
    items = read;
  }

  private void readItem(JsonParser parser, List<ClientFrame.Item> read) throws IOException {
    FrameFields inner = new FrameFields();
    Payload data = null;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String part = parser.currentName();
      parser.nextToken();
      switch (part) {
        case "n", "id", "enc" -> inner.readText(part, parser);
        case "d" -> data = ClientJson.payload(parser);
        default -> parser.skipChildren();
      }
    }
    String name = inner.text("n");
    Payload decoded = decoded(data == null ? Payload.text("") : data, inner.text("enc"));
    if (inner.problem != null) {
      problem("m[" + read.size() + "]." + inner.problem);
    } else if (name == null) {
      problem("m[" + read.size() + "].n: missing (expected: the event's name)");
    } else if (decoded == null) {
      problem(
          "m[" + read.size() + "].d: not Base64 (expected: with \"enc\":\"b64\" a Base64 text)");
    } else {
      read.add(new ClientFrame.Item(name, decoded, inner.text("id")));
    }
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

  private void wrong(String name, String expected, JsonParser parser) throws IOException {
    problem(name + ": wrong type (expected: " + expected + ")");
    parser.skipChildren();
  }

  private void problem(String text) {
    if (problem == null) {
      problem = text;
    }
  }
}
