package io.carillon.edge.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.carillon.core.model.Payload;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Reads JSON that is UTF-8 already. Not thread-safe. */
final class JsonReader implements ValueReader {
  private final JsonParser parser;
  private Kind kind = Kind.END;

  JsonReader(byte[] message) throws IOException {
    this.parser = ClientJson.FACTORY.createParser(message);
  }

  @Override
  public Kind next() throws IOException {
    JsonToken token = parser.nextToken();
    if (token == JsonToken.FIELD_NAME) {
      token = parser.nextToken();
    }
    kind = token == null ? Kind.END : kindOf(token);
    return kind;
  }

  private Kind kindOf(JsonToken token) throws IOException {
    return switch (token) {
      case START_OBJECT -> Kind.MAP;
      case START_ARRAY -> Kind.ARRAY;
      case END_OBJECT, END_ARRAY -> Kind.END;
      case VALUE_STRING -> Kind.TEXT;
      case VALUE_TRUE, VALUE_FALSE -> Kind.BOOLEAN;
      case VALUE_NUMBER_INT ->
          parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER ? Kind.OTHER : Kind.INTEGER;
      default -> Kind.OTHER;
    };
  }

  @Override
  public Kind kind() {
    return kind;
  }

  @Override
  public String key() throws IOException {
    return parser.currentName();
  }

  @Override
  public String text() throws IOException {
    return parser.getText();
  }

  @Override
  public long integer() throws IOException {
    return parser.getLongValue();
  }

  @Override
  public boolean bool() throws IOException {
    return parser.getBooleanValue();
  }

  @Override
  public Payload payload() throws IOException {
    Payload payload = ClientJson.payload(parser);
    kind = Kind.OTHER;
    return payload;
  }

  @Override
  public void skip() throws IOException {
    parser.skipChildren();
    kind = Kind.OTHER;
  }

  @Override
  public void close() {
    try {
      parser.close();
    } catch (IOException e) {
      throw new UncheckedIOException("closing what reads from memory", e);
    }
  }
}
