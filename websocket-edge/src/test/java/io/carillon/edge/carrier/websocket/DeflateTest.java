package io.carillon.edge.carrier.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.carillon.edge.fixture.RawTcp;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

/** RFC 7692, 6 and 7.2. */
class DeflateTest {
  private static final long SEED = Long.getLong("carillon.seed", 7L);
  private static final int MAX = 131_072;

  private final List<String> seen = new ArrayList<>();
  private final FrameDecoder.Sink sink =
      new FrameDecoder.Sink() {
        @Override
        public void text(byte[] message) {
          seen.add("text " + new String(message, StandardCharsets.UTF_8));
        }

        @Override
        public void binary(byte[] message) {
          seen.add("binary " + message.length);
        }

        @Override
        public void ping(byte[] payload) {
          seen.add("ping");
        }

        @Override
        public void pong() {}

        @Override
        public void closed(int code) {}

        @Override
        public void violated(int code, String reason) {
          seen.add("violated " + code);
        }
      };

  private static byte[] compressed(byte[] message, int level) {
    Deflater deflater = new Deflater(level, true);
    deflater.setInput(message);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] chunk = new byte[8_192];
    int count = chunk.length;
    while (count == chunk.length) {
      count = deflater.deflate(chunk, 0, chunk.length, Deflater.SYNC_FLUSH);
      out.write(chunk, 0, count);
    }
    deflater.end();
    return Arrays.copyOf(out.toByteArray(), out.size() - 4);
  }

  private static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  /** The examples of 7.2.3: one block, a stored one, a final one, and two. */
  @Test
  void readsTheExamplesOfTheRfc() throws Exception {
    byte[] hello = "Hello".getBytes(StandardCharsets.US_ASCII);
    for (String example :
        List.of(
            "f248cdc9c90700",
            "000500faff48656c6c6f00",
            "f348cdc9c9070000",
            "f248050000 00ffffcac9c90700".replace(" ", ""))) {
      assertThat(Deflate.inflate(hex(example), MAX)).as(example).isEqualTo(hello);
    }
  }

  @Test
  void whatWasCompressedComesBack() throws Exception {
    Random random = new Random(SEED);
    for (int round = 0; round < 300; round++) {
      byte[] message = new byte[random.nextInt(20_000)];
      int letters = 1 + random.nextInt(256);
      for (int i = 0; i < message.length; i++) {
        message[i] = (byte) random.nextInt(letters);
      }
      String name = "seed " + SEED + ", round " + round;
      byte[] other = compressed(message, random.nextInt(10));
      assertThat(Deflate.inflate(other, 20_000)).as(name).isEqualTo(message);
      byte[] ours = Deflate.deflate(message);
      if (ours != null) {
        assertThat(ours.length).isLessThan(message.length);
        assertThat(Deflate.inflate(ours, 20_000)).as(name).isEqualTo(message);
      }
    }
  }

  @Test
  void stopsAtTheLimitToTheByte() throws Exception {
    byte[] message = new byte[1_000];
    assertThat(Deflate.inflate(compressed(message, 9), 1_000)).hasSize(1_000);
    assertThat(Deflate.inflate(compressed(message, 9), 999)).isNull();
  }

  @Test
  void garbageIsRefusedAndTheNextMessageIsFine() throws Exception {
    assertThatThrownBy(() -> Deflate.inflate(hex("ffffffff"), MAX))
        .isInstanceOf(DataFormatException.class);
    assertThat(Deflate.inflate(hex("f248cdc9c90700"), MAX)).hasSize(5);
  }

  /** 31 KB that would become 32 MB. */
  @Test
  void aBombCostsLittleMoreThanTheLimit() throws Exception {
    byte[] bomb = compressed(new byte[32 << 20], 9);
    assertThat(bomb.length).isLessThan(40_000);
    Deflate.inflate(hex("f248cdc9c90700"), MAX);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();

    assertThat(Deflate.inflate(bomb, MAX)).isNull();

    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(3L * MAX);
  }

  @Test
  void manyFinalBlocksEnd() throws Exception {
    byte[] blocks = new byte[MAX];
    for (int i = 0; i < blocks.length; i += 2) {
      blocks[i] = 3;
    }
    assertThat(Deflate.inflate(blocks, MAX)).isEmpty();
  }

  private void feed(FrameDecoder decoder, byte[]... frames) {
    for (byte[] frame : frames) {
      ByteBuf buffer = Unpooled.wrappedBuffer(frame);
      decoder.feed(buffer, UnpooledByteBufAllocator.DEFAULT, sink);
      buffer.release();
    }
  }

  private static byte[] frame(int first, String hex) {
    return RawTcp.frame(first, hex(hex));
  }

  private void fresh(byte[]... frames) {
    seen.clear();
    feed(new FrameDecoder(MAX, Compression.DEFLATE), frames);
  }

  @Test
  void theBitStandsOnTheFirstFrameOfAMessageOnly() {
    fresh(frame(0xC1, "f248cdc9c90700"), frame(0x81, "41"), frame(0xC2, "f248cdc9c90700"));
    assertThat(seen).containsExactly("text Hello", "text A", "binary 5");
    fresh(frame(0x41, "f248cd"), frame(0x89, ""), frame(0x80, "c9c90700"), frame(0x81, "41"));
    assertThat(seen).containsExactly("ping", "text Hello", "text A");
    fresh(frame(0x41, "f248cd"), frame(0xC0, "c9c90700"));
    assertThat(seen).containsExactly("violated 1002");
    fresh(frame(0xC9, ""));
    assertThat(seen).containsExactly("violated 1002");
    fresh(frame(0xA1, ""));
    assertThat(seen).containsExactly("violated 1002");
    fresh(frame(0x01, "41"), frame(0xC0, "41"));
    assertThat(seen).containsExactly("violated 1002");
  }

  @Test
  void theBitIsABreachWhereNothingWasAgreedOn() {
    feed(new FrameDecoder(MAX, Compression.NONE), frame(0xC1, "f248cdc9c90700"));
    assertThat(seen).containsExactly("violated 1002");
  }

  @Test
  void aCompressedTextMustBeUtf8AndInTheFormat() {
    fresh(frame(0xC1, "ffffffff"));
    assertThat(seen).containsExactly("violated 1007");
    fresh(frame(0xC1, HexFormat.of().formatHex(compressed(new byte[] {(byte) 0xFF}, 9))));
    assertThat(seen).containsExactly("violated 1007");
  }

  @Test
  void anIdleDecoderIsAsSmallWithCompression() {
    FrameDecoder decoder = new FrameDecoder(MAX, Compression.DEFLATE);
    feed(decoder, frame(0xC1, "f248cdc9c90700"));
    assertThat(decoder).hasFieldOrPropertyWithValue("rest", null);
    assertThat(decoder).hasFieldOrPropertyWithValue("fragments", null);
  }
}
