package io.carillon.edge.protocol.pusher;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.carillon.core.model.Position;
import io.carillon.edge.protocol.pusher.PusherCommand.Counting;
import java.io.IOException;

/**
 * Reads {@code "carillon":{}} or {@code "carillon":{"since":{"e":epoch,"o":offset}}}, by which a
 * client asks for positions. Stateless.
 */
final class CountingFields {
  static final String FIELD = "carillon";

  private CountingFields() {}

  /** The value that the parser stands at. */
  static Counting read(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw new IOException("not an object");
    }
    Counting counting = new Counting.FromNow();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean since = parser.currentName().equals("since");
      if (parser.nextToken() == JsonToken.START_OBJECT && since) {
        counting = new Counting.Since(position(parser));
      } else {
        parser.skipChildren();
      }
    }
    return counting;
  }

  private static Position position(JsonParser parser) throws IOException {
    long epoch = -1;
    long offset = -1;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      JsonToken value = parser.nextToken();
      if (value == JsonToken.VALUE_NUMBER_INT && field.equals("e")) {
        epoch = number(parser);
      } else if (value == JsonToken.VALUE_NUMBER_INT && field.equals("o")) {
        offset = number(parser);
      } else {
        parser.skipChildren();
      }
    }
    if (epoch < 0 || offset < 0) {
      throw new IOException("not a position");
    }
    return new Position(epoch, offset);
  }

  private static long number(JsonParser parser) throws IOException {
    long number = parser.getLongValue();
    return number > Position.NUMBER_MAX ? -1 : number;
  }
}
