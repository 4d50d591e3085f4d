package io.carillon.edge.protocol.carillon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.carillon.core.model.AppId;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.ConnectionId;
import io.carillon.core.model.Message;
import io.carillon.core.model.Message.Origin;
import io.carillon.core.model.Payload;
import io.carillon.core.model.Position;
import io.carillon.core.model.Publication;
import io.carillon.core.publish.PublishOutcome.Published;
import io.carillon.edge.fixture.Vectors;
import io.carillon.edge.format.ValueReader;
import io.carillon.edge.format.WireFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Replays {@code docs/protocol/vectors/msgpack.json}: clauses 1.7, 1.8, 1.9 and 1.10. */
class MsgpackVectorsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNode VECTORS = Vectors.read("msgpack.json");
  private static final long EPOCH = 1_763_712_000_000L;
  private static final ChannelName CHANNEL = ChannelName.of("chat:1");

  /** How the server says the frames of {@code server}. */
  private static final Map<String, Function<ServerFrames, byte[]>> SAID =
      Map.of(
          "ok", frames -> frames.ok(4L),
          "ping", ServerFrames::ping,
          "pong", ServerFrames::pong,
          "reauth", frames -> frames.renewal(60_000),
          "push", frames -> frames.push(publication("x-1", Payload.text("hé\"llo"), "ann")),
          "push of JSON", frames -> frames.push(publication(null, data("push of JSON"), null)),
          "push of binary data",
              frames -> frames.push(publication(null, Payload.binary(bytes("0001ff")), null)),
          "marker", frames -> frames.marker(CHANNEL, new Position(EPOCH, 41)),
          "published",
              frames ->
                  frames.published(
                      5L,
                      List.of(
                          new Published(new Position(EPOCH, 41), false),
                          new Published(new Position(EPOCH, 40), true))));

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  private static Payload data(String name) {
    for (JsonNode vector : VECTORS.get("server")) {
      if (vector.get("name").asText().equals(name)) {
        return Payload.json(utf8(vector.at("/json/m/0/d")));
      }
    }
    throw new AssertionError(name);
  }

  private static byte[] utf8(JsonNode json) {
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static Publication publication(
      @Nullable String id, Payload payload, @Nullable String by) {
    Origin origin =
        by == null ? Origin.Backend.TO_EVERYONE : new Origin.Client(new ConnectionId(1), by);
    return new Publication(
        ChannelId.of(new AppId("3"), CHANNEL),
        new Position(EPOCH, 41),
        new Message(id, "e", payload, origin),
        EPOCH + 123);
  }

  private interface Check {
    void run(JsonNode vector) throws Exception;
  }

  private static Stream<DynamicTest> each(String group, Check check) {
    return StreamSupport.stream(VECTORS.get(group).spliterator(), false)
        .map(v -> DynamicTest.dynamicTest(v.get("name").asText(), () -> check.run(v)));
  }

  @TestFactory
  Stream<DynamicTest> clientsFrames() {
    return each("client", MsgpackVectorsTest::readAlike);
  }

  @TestFactory
  Stream<DynamicTest> variants() {
    return each("variants", MsgpackVectorsTest::readAlike);
  }

  private static void readAlike(JsonNode vector) throws IOException {
    assertThat(FrameReader.read(WireFormat.MSGPACK, bytes(vector.get("msgpack").asText())))
        .isEqualTo(FrameReader.read(WireFormat.JSON, utf8(vector.get("json"))));
  }

  @TestFactory
  Stream<DynamicTest> serversFrames() {
    return each(
        "server",
        vector -> {
          var said = Objects.requireNonNull(SAID.get(vector.get("name").asText()));
          assertThat(JSON.readTree(said.apply(new ServerFrames(WireFormat.JSON))))
              .isEqualTo(vector.get("json"));
          assertThat(said.apply(new ServerFrames(WireFormat.MSGPACK)))
              .asHexString()
              .isEqualToIgnoringCase(vector.get("msgpack").asText());
        });
  }

  @TestFactory
  Stream<DynamicTest> values() {
    return each(
        "values",
        vector -> {
          byte[] msgpack = bytes(vector.get("msgpack").asText());
          Payload json = Payload.json(utf8(vector.get("json")));
          assertThat(WireFormat.MSGPACK.writer(16).payload(json).toBytes()).isEqualTo(msgpack);
          try (ValueReader reader = WireFormat.MSGPACK.reader(msgpack)) {
            reader.next();
            Payload read = Objects.requireNonNull(reader.payload());
            byte[] back = WireFormat.JSON.writer(16).payload(read).toBytes();
            assertThat(JSON.readTree(back)).isEqualTo(vector.get("json"));
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> refused() {
    return each(
        "refused",
        vector -> {
          byte[] message = bytes(vector.get("msgpack").asText());
          if (vector.get("kind").asText().equals("bad-request")) {
            assertThat(FrameReader.read(WireFormat.MSGPACK, message))
                .singleElement()
                .isInstanceOf(ClientFrame.Invalid.class);
          } else {
            assertThatThrownBy(() -> FrameReader.read(WireFormat.MSGPACK, message))
                .isInstanceOf(IOException.class);
          }
        });
  }

  @Test
  void everyVectorOfTheServerIsSaid() {
    assertThat(VECTORS.get("server")).hasSize(SAID.size());
  }
}
