package io.carillon.edge.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns a JSON value into the MessagePack value that means the same: a whole number of 64 bits
 * stays one, any other becomes the nearest 64-bit float. Linear in time, without recursion.
 * Stateless.
 */
final class JsonToMsgpack {
  private static final Logger LOG = LoggerFactory.getLogger(JsonToMsgpack.class);

  /** Without bounds, for the payload was bounded and read before; keeps no table of its keys. */
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .build();

  /** The longest text that surely fits into 64 bits: nineteen digits may not. */
  private static final int DIGITS_SAFE = 18;

  private static final int DIGITS_UNSIGNED = 20;

  private JsonToMsgpack() {}

  /** Writes the value; what is no JSON after all goes as text, for a message is never dropped. */
  static void write(byte[] json, MsgpackBytes out) {
    int[] counts;
    try {
      counts = countsOf(json);
    } catch (IOException e) {
      LOG.warn("a payload of {} bytes that was said to be JSON is none", json.length);
      out.text(json);
      return;
    }
    try (JsonParser parser = FACTORY.createParser(json)) {
      int container = 0;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        switch (token) {
          case START_OBJECT -> out.map(counts[container++]);
          case START_ARRAY -> out.array(counts[container++]);
          case FIELD_NAME -> out.text(utf8(parser.currentName()));
          default -> scalar(parser, token, out);
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("JSON that was read before", e);
    }
  }

  /** How many entries or elements each object and array has, in the order in which they begin. */
  private static int[] countsOf(byte[] json) throws IOException {
    int[] counts = new int[8];
    int[] path = new int[8];
    int containers = 0;
    int depth = 0;
    int values = 0;
    try (JsonParser parser = FACTORY.createParser(json)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token.isStructEnd()) {
          depth--;
          continue;
        }
        if (depth == 0) {
          values++;
        } else if (token != JsonToken.FIELD_NAME) {
          counts[path[depth - 1]]++;
        }
        if (token.isStructStart()) {
          counts = containers < counts.length ? counts : Arrays.copyOf(counts, 2 * containers);
          path = depth < path.length ? path : Arrays.copyOf(path, 2 * depth);
          path[depth++] = containers++;
        } else {
          parser.getValueAsString(); // so that a broken text is found now
        }
      }
    }
    if (values != 1) {
      throw new IOException(values + " values");
    }
    return counts;
  }

  private static void scalar(JsonParser parser, JsonToken token, MsgpackBytes out)
      throws IOException {
    switch (token) {
      case VALUE_STRING -> out.text(utf8(parser.getText()));
      case VALUE_NUMBER_INT -> integer(parser, out);
      case VALUE_NUMBER_FLOAT -> out.float64(Double.parseDouble(parser.getText()));
      case VALUE_TRUE -> out.bool(true);
      case VALUE_FALSE -> out.bool(false);
      case VALUE_NULL -> out.nil();
      default -> {} // the end of an object or array
    }
  }

  private static void integer(JsonParser parser, MsgpackBytes out) throws IOException {
    String digits = parser.getText();
    if (digits.length() <= DIGITS_SAFE) {
      out.integer(Long.parseLong(digits));
      return;
    }
    if (digits.length() <= DIGITS_UNSIGNED) {
      try {
        if (digits.charAt(0) == '-') {
          out.integer(Long.parseLong(digits));
        } else {
          long bits = Long.parseUnsignedLong(digits);
          if (bits < 0) {
            out.unsignedBits(bits);
          } else {
            out.integer(bits);
          }
        }
        return;
      } catch (NumberFormatException e) {
        // beyond 64 bits
      }
    }
    out.float64(Double.parseDouble(digits));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
