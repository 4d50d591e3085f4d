package io.carillon.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.client.internal.Json;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The vectors of the two formats, as far as they are a client's. */
final class MessagePackTest {
  private static final JsonNode ALL =
      Vectors.json(Path.of("..", "docs", "protocol", "vectors", "msgpack.json"));

  static Stream<JsonNode> client() {
    return ALL.required("client").valueStream();
  }

  static Stream<JsonNode> server() {
    return ALL.required("server").valueStream();
  }

  static Stream<JsonNode> values() {
    return ALL.required("values").valueStream();
  }

  /** What a server refuses for another reason can be read. */
  static Stream<JsonNode> malformed() {
    return ALL.required("refused")
        .valueStream()
        .filter(each -> each.required("kind").textValue().equals("malformed-frame"))
        .filter(each -> !List.of("07", "9107").contains(hex(each)))
        .filter(each -> !each.required("name").textValue().contains("UTF-8"));
  }

  private static String hex(JsonNode vector) {
    return vector.required("msgpack").textValue();
  }

  private static @Nullable Object value(JsonNode vector) {
    return Json.read(vector.required("json").toString());
  }

  private static @Nullable Object read(String hex) {
    return MessagePack.read(HexFormat.of().parseHex(hex));
  }

  @ParameterizedTest
  @MethodSource("client")
  @DisplayName("clauses 1.8 and 1.9: what a client says is written so")
  void whatAClientSays(JsonNode vector) {
    assertThat(HexFormat.of().formatHex(MessagePack.of(value(vector)))).isEqualTo(hex(vector));
  }

  @ParameterizedTest
  @MethodSource({"server", "client"})
  @DisplayName("clauses 1.8 and 1.9: what a server says comes to the same in both formats")
  void whatAServerSays(JsonNode vector) {
    List<Frame> frames = Frame.of(read(hex(vector)));
    List<Frame> same = Frame.of(value(vector));
    assertThat(frames).hasSameSizeAs(same);
    for (int i = 0; i < same.size(); i++) {
      assertThat(Json.write(plain(frames.get(i)))).isEqualTo(Json.write(plain(same.get(i))));
    }
  }

  /** With the data as applications get it, bytes as a list. */
  private static Map<String, Object> plain(Frame frame) {
    Map<String, Object> fields = new java.util.TreeMap<>();
    for (Object name : frame.fields().keySet()) {
      Object value = frame.value(String.valueOf(name));
      if (!List.of("m", "d", "enc").contains(String.valueOf(name)) && value != null) {
        fields.put(String.valueOf(name), value);
      }
    }
    Object data = frame.data();
    if (data != null) {
      fields.put("data", data instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : data);
    }
    fields.put("items", frame.objects("m").stream().map(MessagePackTest::plain).toList());
    return fields;
  }

  @ParameterizedTest
  @MethodSource("values")
  @DisplayName("clause 1.9: a value is the same in both formats")
  void values(JsonNode vector) {
    assertThat(read(hex(vector))).isEqualTo(value(vector));
    assertThat(HexFormat.of().formatHex(MessagePack.write(value(vector)))).isEqualTo(hex(vector));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  @DisplayName("clause 1.8: what is no value of the protocol is refused")
  void malformed(JsonNode vector) {
    assertThatIllegalArgumentException().isThrownBy(() -> read(hex(vector)));
  }

  @Test
  @DisplayName("clause 1.8: other ways to write the same")
  void otherWays() {
    assertThat(read("84019180a174a5756e737562a16904a26368a161"))
        .isEqualTo(Map.of("t", "unsub", "i", 4L, "ch", "a"));
    assertThat(read("ca40200000")).isEqualTo(2.5);
    assertThat(read("c50002ff00")).isEqualTo(new byte[] {-1, 0});
  }
}
