package io.carillon.api.http;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.model.Utf8;
import io.micronaut.jackson.core.tree.JsonNodeTreeCodec;
import io.micronaut.json.JsonStreamConfig;
import io.micronaut.json.tree.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * JSON from and for strangers: exactly one value, no name twice, bounded in depth. The size is
 * bounded by the server's request limit. Stateless.
 */
public final class Json {
  /** Nothing in the API nests deeper than 3. */
  private static final int DEPTH_MAX = 64;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX).build())
          .build();

  /** Some clients put it in front, and RFC 8259 (8.1) lets it be passed over. */
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  /** For JSON that was accepted before, perhaps by rules of another time. */
  private static final JsonFactory ACCEPTED = new JsonFactory();

  /** A number leaves as it came. */
  private static final JsonNodeTreeCodec TREES =
      JsonNodeTreeCodec.getInstance()
          .withConfig(JsonStreamConfig.DEFAULT.withUseBigDecimalForFloats(true));

  private Json() {}

  /** The body as one JSON object, in UTF-8 (RFC 8259, 8.1). */
  public static Checked<JsonNode> object(byte[] body) {
    if (!Utf8.isValid(body, 0, body.length)) {
      return refused(body, " in UTF-8");
    }
    boolean marked = Arrays.mismatch(body, BYTE_ORDER_MARK) == BYTE_ORDER_MARK.length;
    int from = marked ? BYTE_ORDER_MARK.length : 0;
    try (JsonParser parser = FACTORY.createParser(body, from, body.length - from)) {
      JsonNode node = parser.nextToken() == null ? null : TREES.readTree(parser);
      if (node == null || !node.isObject() || parser.nextToken() != null) {
        return refused(body, "");
      }
      return Checked.valid(node);
    } catch (JacksonException e) {
      return refused(body, ", " + e.getOriginalMessage());
    } catch (IOException | NumberFormatException e) {
      // the library says the latter of an exponent that no decimal number of Java's has
      return refused(body, "");
    }
  }

  private static <T> Checked<T> refused(byte[] body, String why) {
    // enough for a person to recognise it, whatever it is
    String start = new String(body, 0, Math.min(body.length, 80), StandardCharsets.UTF_8);
    return Checked.refused(
        ErrorCode.BAD_REQUEST,
        "body: " + Quoted.of(start, 40) + " (expected: one JSON object" + why + ")");
  }

  /** JSON that the server took before; as a string where it cannot be read after all. */
  public static JsonNode accepted(String text) {
    try (JsonParser parser = ACCEPTED.createParser(text)) {
      JsonNode node = parser.nextToken() == null ? null : TREES.readTree(parser);
      return node == null || parser.nextToken() != null ? JsonNode.createStringNode(text) : node;
    } catch (IOException | NumberFormatException e) {
      return JsonNode.createStringNode(text);
    }
  }

  public static byte[] bytes(JsonNode node) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator generator = FACTORY.createGenerator(out)) {
      TREES.writeTree(generator, node);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return out.toByteArray();
  }

  /** An object with one member. */
  public static JsonNode object(String name, JsonNode value) {
    return JsonNode.createObjectNode(Map.of(name, value));
  }

  /** {@code {}}. */
  public static JsonNode empty() {
    return JsonNode.createObjectNode(Map.of());
  }

  /** How a value is called in a sentence, for a person who sent the wrong kind. */
  public static String described(JsonNode node) {
    if (node.isString()) {
      return Quoted.of(node.getStringValue());
    }
    if (node.isObject()) {
      return "an object";
    }
    return node.isArray() ? "a list of " + node.size() : node.coerceStringValue();
  }
}
