package io.carillon.edge.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.management.ThreadMXBean;
import io.carillon.core.model.Payload;
import io.carillon.core.model.Utf8;
import io.carillon.edge.fixture.Msgpack;
import io.carillon.edge.format.ValueReader.Kind;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Clauses 1.8, 1.9 and 1.10, with random values: {@code -Dcarillon.seed} repeats a run. */
class MsgpackCodecTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final long SEED = Long.getLong("carillon.seed", 7L);
  private static final int ROUNDS = 3_000;

  private final Random random = new Random(SEED);

  private JsonNode value(int depth) {
    return switch (random.nextInt(depth == 0 ? 7 : 9)) {
      case 0 -> NODES.nullNode();
      case 1 -> NODES.booleanNode(random.nextBoolean());
      case 2 -> NODES.numberNode(random.nextLong() >> random.nextInt(64));
      case 3 -> NODES.numberNode(new BigInteger(64, random));
      case 4 -> NODES.numberNode(random.nextGaussian() * Math.pow(10, random.nextInt(60) - 30));
      case 5, 6 -> NODES.textNode(text());
      case 7 -> {
        var array = NODES.arrayNode();
        for (int i = size(); i > 0; i--) {
          array.add(value(depth - 1));
        }
        yield array;
      }
      default -> {
        var map = NODES.objectNode();
        for (int i = size(); i > 0; i--) {
          map.set(text(), value(depth - 1));
        }
        yield map;
      }
    };
  }

  private int size() {
    return random.nextInt(10) == 0 ? random.nextInt(40) : random.nextInt(4);
  }

  private String text() {
    int length = random.nextInt(20) == 0 ? random.nextInt(400) : random.nextInt(12);
    return random
        .ints(length, 0, 0x11_0000)
        .map(c -> random.nextInt(3) > 0 ? c % 0x80 : c)
        .filter(c -> c < 0xD800 || c > 0xDFFF)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static byte[] written(Payload payload) {
    return WireFormat.MSGPACK.writer(16).payload(payload).toBytes();
  }

  private static @Nullable Payload read(byte[] msgpack) throws IOException {
    try (ValueReader reader = WireFormat.MSGPACK.reader(msgpack)) {
      reader.next();
      Payload payload = reader.payload();
      assertThat(reader.next()).isEqualTo(Kind.END);
      return payload;
    }
  }

  private static JsonNode tree(@Nullable Payload payload) throws IOException {
    Payload value = Objects.requireNonNull(payload);
    return value.form() == Payload.Form.TEXT
        ? NODES.textNode(value.asText())
        : JSON.readTree(value.bytes());
  }

  @Test
  void jsonBecomesTheSameValueAsTheLibrarys() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      byte[] json = JSON.writeValueAsBytes(value(4));
      JsonNode meant = JSON.readTree(json);
      assertThat(Msgpack.tree(written(Payload.json(json))))
          .as("seed %d, round %d", SEED, round)
          .isEqualTo(meant);
    }
  }

  @Test
  void whatTheLibraryWritesBecomesTheSameJson() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      JsonNode meant = JSON.readTree(JSON.writeValueAsBytes(value(4)));
      assertThat(tree(read(Msgpack.of(meant))))
          .as("seed %d, round %d", SEED, round)
          .isEqualTo(meant);
    }
  }

  /** No message makes it fail in an unforeseen way, or take many times its size. */
  @Test
  void brokenMessagesAreRefusedCheaply() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    walk(new byte[] {(byte) 0xC1}, 0); // loads the classes of a refusal, which are not counted
    walk(new byte[] {(byte) 0xC1}, 1);
    for (int round = 0; round < 10 * ROUNDS; round++) {
      byte[] message = Msgpack.of(value(3));
      switch (random.nextInt(3)) {
        case 0 -> random.nextBytes(message);
        case 1 -> message[random.nextInt(message.length)] = (byte) random.nextInt();
        default -> message = Arrays.copyOf(message, random.nextInt(message.length));
      }
      long before = threads.getCurrentThreadAllocatedBytes();
      walk(message, round);
      assertThat(threads.getCurrentThreadAllocatedBytes() - before)
          .as("seed %d, round %d", SEED, round)
          .isLessThan(8_192 + 32L * message.length);
    }
  }

  private void walk(byte[] message, int round) {
    try (ValueReader reader = WireFormat.MSGPACK.reader(message)) {
      if ((round & 1) == 0) {
        reader.next();
        reader.payload();
      } else {
        for (int depth = 0; depth >= 0; ) {
          depth +=
              switch (reader.next()) {
                case MAP, ARRAY -> 1;
                case END -> -1;
                default -> 0;
              };
        }
      }
    } catch (IOException e) {
      // refused
    }
  }

  @Test
  void nestingHasTheSameBoundInBothFormats() throws Exception {
    for (WireFormat format : WireFormat.values()) {
      assertThat(deepest(format, 100)).isEqualTo(100);
      assertThatThrownBy(() -> deepest(format, 101)).isInstanceOf(IOException.class);
    }
  }

  private static int deepest(WireFormat format, int depth) throws IOException {
    String json = "[".repeat(depth) + "]".repeat(depth);
    byte[] msgpack = new byte[depth];
    Arrays.fill(msgpack, (byte) 0x91);
    msgpack[depth - 1] = (byte) 0x90;
    byte[] message = format == WireFormat.JSON ? json.getBytes(StandardCharsets.UTF_8) : msgpack;
    int seen = 0;
    try (ValueReader reader = format.reader(message)) {
      while (reader.next() == Kind.ARRAY) {
        seen++;
      }
    }
    return seen;
  }

  @Test
  void deepJsonOfABackendIsWrittenWithoutRecursion() {
    String json = "[".repeat(50_000) + "]".repeat(50_000);
    assertThat(written(Payload.json(json.getBytes(StandardCharsets.UTF_8)))).hasSize(50_000);
  }

  @Test
  void numbersBeyondSixtyFourBitsBecomeFloats() throws Exception {
    assertThat(floatOf("18446744073709551616")).isEqualTo(0x1p64);
    assertThat(floatOf("-9223372036854775809")).isEqualTo(-0x1p63);
    assertThat(floatOf("1e5")).isEqualTo(1e5);
    assertThat(floatOf("9".repeat(2_000))).isInfinite();
  }

  private static double floatOf(String json) {
    byte[] msgpack = written(Payload.json(json.getBytes(StandardCharsets.UTF_8)));
    assertThat(msgpack[0]).isEqualTo((byte) 0xCB);
    return ByteBuffer.wrap(msgpack, 1, 8).getDouble();
  }

  @Test
  void whatIsNoJsonAfterAllGoesAsText() {
    for (String broken : new String[] {"", "{", "1 2", "[1,]"}) {
      byte[] msgpack = written(Payload.json(broken.getBytes(StandardCharsets.UTF_8)));
      assertThat(Msgpack.tree(msgpack)).isEqualTo(NODES.textNode(broken));
    }
  }

  @Test
  void utf8IsWhatThePlatformTakesForIt() {
    for (int round = 0; round < 100_000; round++) {
      byte[] bytes = new byte[1 + random.nextInt(6)];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) (random.nextInt(4) == 0 ? random.nextInt(128) : random.nextInt(256));
      }
      assertThat(Utf8.isValid(bytes, 0, bytes.length))
          .as(Arrays.toString(bytes))
          .isEqualTo(isUtf8(bytes));
    }
  }

  private static boolean isUtf8(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  @Test
  void aMapOfAnySizeIsCountedAsItIsWritten() {
    for (int entries : new int[] {0, 15, 16, 65_535, 65_536}) {
      FrameWriter writer = WireFormat.MSGPACK.writer(16).beginArray(2).beginMap();
      for (int i = 0; i < entries; i++) {
        writer.key("k" + i).number(i);
      }
      byte[] msgpack = writer.endMap().bool(true).endArray().toBytes();
      JsonNode tree = Msgpack.tree(msgpack);
      assertThat(tree.get(0).size()).isEqualTo(entries);
      assertThat(tree.get(1).asBoolean()).isTrue();
    }
  }

  @Test
  void jsonIsWrittenWithCommasWhereTheyBelong() throws Exception {
    String json =
        new String(
            WireFormat.JSON
                .writer(1)
                .beginMap()
                .key("a\n")
                .beginArray(3)
                .number(0)
                .number(-5)
                .text("x:")
                .endArray()
                .key(Symbol.of("b"))
                .beginMap()
                .endMap()
                .key(Symbol.of("c"))
                .beginArray(2)
                .beginMap()
                .key("é")
                .bool(false)
                .endMap()
                .beginArray(0)
                .endArray()
                .endArray()
                .key(Symbol.of("d"))
                .payload(Payload.binary(new byte[] {0, 1, -1}))
                .key(Symbol.of("e"))
                .number(Long.MAX_VALUE)
                .endMap()
                .toBytes(),
            StandardCharsets.UTF_8);
    assertThat(json)
        .isEqualTo(
            "{\"a\\n\":[0,-5,\"x:\"],\"b\":{},\"c\":[{\"é\":false},[]],\"d\":\"AAH/\",\"enc\":\"b64\","
                + "\"e\":9223372036854775807}");
  }
}
