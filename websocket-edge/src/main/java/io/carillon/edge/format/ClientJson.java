package io.carillon.edge.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.carillon.core.model.Payload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** How every protocol reads the JSON of clients: bounded, and without looking into payloads. */
public final class ClientJson {
  private static final int SHOWN_MAX = 40;

  /** UTF-8; refuses what is nested deeper than {@link WireFormat#NESTING_MAX}. Thread-safe. */
  public static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(WireFormat.NESTING_MAX).build())
          .build();

  private ClientJson() {}

  /** The value that the parser stands at: a string's content as text, anything else as JSON. */
  public static Payload payload(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      return Payload.text(parser.getText());
    }
    ByteArrayOutputStream copy = new ByteArrayOutputStream();
    try (JsonGenerator generator = FACTORY.createGenerator(copy)) {
      copy(parser, generator);
    }
    return Payload.json(copy.toByteArray());
  }

  /**
   * Copies the value that the parser stands at. Numbers stay as they were written: the library's
   * own copy makes a float of each, and the text {@code "Infinity"} of one that is too large.
   */
  public static void copy(JsonParser parser, JsonGenerator generator) throws IOException {
    int depth = 0;
    JsonToken token = parser.currentToken();
    while (token != null) {
      if (token.isNumeric()) {
        generator.writeNumber(parser.getText());
      } else {
        generator.copyCurrentEvent(parser);
      }
      depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
      if (depth == 0 && token != JsonToken.FIELD_NAME) {
        return;
      }
      token = parser.nextToken();
    }
    throw new IOException("cut off");
  }

  /** What of a client's text is repeated to it, and to logs. */
  public static String shortened(String text) {
    return text.length() <= SHOWN_MAX ? text : text.substring(0, SHOWN_MAX) + "…";
  }
}
