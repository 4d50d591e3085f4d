package io.carillon.edge.format;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.carillon.core.model.Payload;
import io.carillon.fuzz.Cost;
import io.carillon.fuzz.Input;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Data that came as JSON is the same value for a client of MessagePack, and the same again when
 * that client sends it back (clause 1.9); what the server writes is read by a library.
 */
class AgreementFuzzTest {
  private static final ObjectMapper LIBRARY = new ObjectMapper();

  static Stream<byte[]> seeds() {
    return Input.seeds(
        "",
        "[1,-1,127,128,255,256,65535,65536,4294967296,9223372036854775807,18446744073709551615]",
        "[-33,-129,-32769,-2147483649,-9223372036854775808,18446744073709551616,1e400,-0.0,0.1]",
        "{\"a\":{\"b\":[null,true,false,\"\\u00e9\\n\\ud83d\\ude00\"]},\"a\":2}",
        "\"\\ud800 alone\"",
        "123456789012345678901234567890.5e-3",
        "{\"\":[[[[]]],{}]}");
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "4s")
  void jsonAndMessagePackMeanTheSame(byte[] message) throws IOException {
    Payload data = payload(WireFormat.JSON, message);
    if (data == null) {
      return;
    }
    byte[] packed = packed(data);
    Cost.check(512L * message.length, () -> packed(data));
    Payload back = payload(WireFormat.MSGPACK, packed);
    if (back == null) {
      Input.check(hasInfinity(data), "no JSON form behind MessagePack");
      return;
    }
    Input.check(back.form() == data.form(), "from " + data.form() + " to " + back.form());
    byte[] again = packed(back);
    Input.check(tree(back).equals(tree(payloadOf(again))), "another value the second time");
    if (data.form() == Payload.Form.JSON) {
      Input.check(same(tree(data), tree(back)), tree(data) + " became " + tree(back));
    } else {
      Input.check(data.equals(back), "another text");
    }
  }

  private static Payload payloadOf(byte[] packed) {
    Payload payload = payload(WireFormat.MSGPACK, packed);
    if (payload == null) {
      throw new AssertionError("not readable again");
    }
    return payload;
  }

  private static @Nullable Payload payload(WireFormat format, byte[] message) {
    try (ValueReader reader = format.reader(message)) {
      reader.next();
      Payload payload = reader.kind() == ValueReader.Kind.END ? null : reader.payload();
      return reader.next() == ValueReader.Kind.END ? payload : null;
    } catch (IOException e) {
      return null;
    }
  }

  private static byte[] packed(Payload data) {
    return WireFormat.MSGPACK.writer(16).payload(data).toBytes();
  }

  private static JsonNode tree(Payload data) throws IOException {
    return data.form() == Payload.Form.JSON
        ? inUtf8(LIBRARY.readTree(data.bytes()))
        : LIBRARY.getNodeFactory().textNode(data.asText());
  }

  /** Half of a surrogate pair becomes a question mark, for no UTF-8 holds it. */
  private static JsonNode inUtf8(JsonNode node) {
    if (node.isTextual()) {
      return LIBRARY.getNodeFactory().textNode(inUtf8(node.textValue()));
    }
    if (node.isArray()) {
      var array = LIBRARY.createArrayNode();
      node.forEach(element -> array.add(inUtf8(element)));
      return array;
    }
    if (node.isObject()) {
      var object = LIBRARY.createObjectNode();
      node.properties().forEach(each -> object.set(inUtf8(each.getKey()), inUtf8(each.getValue())));
      return object;
    }
    return node;
  }

  private static String inUtf8(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  /** A float is the nearest one of 64 bits, and so is a whole number beyond those. */
  private static boolean same(JsonNode one, JsonNode other) {
    if (one.isNumber() && other.isNumber()) {
      boolean whole = one.isIntegralNumber() && one.bigIntegerValue().bitLength() <= 63;
      return whole
          ? one.bigIntegerValue().equals(other.bigIntegerValue())
          : Double.compare(one.doubleValue(), other.doubleValue()) == 0;
    }
    if (one.isContainerNode()) {
      if (one.size() != other.size() || one.getNodeType() != other.getNodeType()) {
        return false;
      }
      if (one.isArray()) {
        for (int i = 0; i < one.size(); i++) {
          if (!same(one.get(i), other.get(i))) {
            return false;
          }
        }
        return true;
      }
      return one.properties().stream()
          .allMatch(
              entry ->
                  other.has(entry.getKey()) && same(entry.getValue(), other.get(entry.getKey())));
    }
    return one.equals(other);
  }

  /**
   * A number beyond the largest float is infinite in MessagePack, which JSON has no form for. Of
   * all that is written, also behind a name that comes again, which a tree does not have.
   */
  private static boolean hasInfinity(Payload data) throws IOException {
    if (data.form() != Payload.Form.JSON) {
      return false;
    }
    try (JsonParser parser = LIBRARY.createParser(data.bytes())) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token.isNumeric() && Double.isInfinite(parser.getDoubleValue())) {
          return true;
        }
      }
      return false;
    }
  }
}
