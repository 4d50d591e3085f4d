package io.carillon.edge.protocol.pusher;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.carillon.edge.format.ClientJson;
import java.io.IOException;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;

/** Pieces of reading JSON that several messages need. */
final class PusherJson {
  private PusherJson() {}

  /** An id, which libraries send as a string or as a number; null for anything else. */
  static @Nullable String idOrNull(JsonParser parser, JsonToken value) throws IOException {
    if (value == JsonToken.VALUE_STRING || value.isNumeric()) {
      return parser.getText();
    }
    parser.skipChildren();
    return null;
  }

  /** The value that the parser stands at, as JSON; null for JSON's null. */
  static @Nullable String jsonOf(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    StringWriter copy = new StringWriter();
    try (JsonGenerator generator = ClientJson.FACTORY.createGenerator(copy)) {
      ClientJson.copy(parser, generator);
    }
    return copy.toString();
  }
}
