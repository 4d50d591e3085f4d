package io.carillon.edge.carrier.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.edge.fixture.RawTcp;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameDecoderTest {
  private static final int MAX = 100_000;

  private final FrameDecoder decoder = new FrameDecoder(MAX, Compression.NONE);
  private final List<String> seen = new ArrayList<>();
  private final FrameDecoder.Sink sink = new Recorder();

  private final class Recorder implements FrameDecoder.Sink {
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
      seen.add("ping " + payload.length);
    }

    @Override
    public void pong() {
      seen.add("pong");
    }

    @Override
    public void closed(int code) {
      seen.add("closed " + code);
    }

    @Override
    public void violated(int code, String reason) {
      seen.add("violated " + code);
    }
  }

  private void feed(byte[] bytes) {
    ByteBuf buffer = Unpooled.wrappedBuffer(bytes);
    decoder.feed(buffer, UnpooledByteBufAllocator.DEFAULT, sink);
    buffer.release();
  }

  private static byte[] frame(int firstByte, String text) {
    return RawTcp.frame(firstByte, text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Arrays.stream(parts).forEach(out::writeBytes);
    return out.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 125, 126, 127, 65_535, 65_536, 100_000})
  void readsTextOfEveryLengthForm(int length) {
    feed(frame(0x81, "x".repeat(length)));

    assertThat(seen).containsExactly("text " + "x".repeat(length));
  }

  @Test
  void readsTheSameHoweverTheBytesAreCut() {
    byte[] all =
        joined(
            frame(0x81, "Grüße"),
            frame(0x01, "frag"),
            frame(0x89, "ping"),
            frame(0x00, "men"),
            frame(0x80, "ted"),
            RawTcp.frame(0x82, new byte[300]),
            frame(0x8A, ""),
            RawTcp.frame(0x88, new byte[] {0x03, (byte) 0xE8}));
    List<String> expected =
        List.of("text Grüße", "ping 4", "text fragmented", "binary 300", "pong", "closed 1000");
    for (int round = 0; round < 200; round++) {
      Random random = new Random(round);
      FrameDecoder fresh = new FrameDecoder(MAX, Compression.NONE);
      seen.clear();
      int at = 0;
      while (at < all.length) {
        int to = Math.min(all.length, at + 1 + random.nextInt(20));
        ByteBuf part = Unpooled.wrappedBuffer(all, at, to - at);
        fresh.feed(part, UnpooledByteBufAllocator.DEFAULT, sink);
        part.release();
        at = to;
      }
      assertThat(seen).as("seed " + round).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource({"0xC1", "0xA1", "0x91", "0x83", "0x87", "0x8B", "0x8F", "0x80", "0x00"})
  void refusesReservedBitsAndOpcodesAndStrayContinuations(String firstByte) {
    feed(frame(Integer.decode(firstByte), "a"));

    assertThat(seen).containsExactly("violated 1002");
  }

  @Test
  void refusesAFrameWithoutAMask() {
    feed(new byte[] {(byte) 0x81, 1, 'a'});

    assertThat(seen).containsExactly("violated 1002");
  }

  @Test
  void refusesLengthsThatAreNotInTheirShortestForm() {
    feed(new byte[] {(byte) 0x81, (byte) 0xFE, 0, 1, 0, 0, 0, 0, 'a'});

    assertThat(seen).containsExactly("violated 1002");
  }

  @Test
  void refusesANegativeLength() {
    byte[] head = new byte[14];
    head[0] = (byte) 0x82;
    head[1] = (byte) 0xFF;
    head[2] = (byte) 0x80;
    feed(head);

    assertThat(seen).containsExactly("violated 1002");
  }

  @Test
  void refusesFragmentedAndLongControlFrames() {
    feed(frame(0x09, "fragmented ping"));
    assertThat(seen).containsExactly("violated 1002");

    seen.clear();
    ByteBuf buffer = Unpooled.wrappedBuffer(RawTcp.frame(0x89, new byte[126]));
    new FrameDecoder(MAX, Compression.NONE).feed(buffer, UnpooledByteBufAllocator.DEFAULT, sink);
    buffer.release();
    assertThat(seen).containsExactly("violated 1002");
  }

  @Test
  void refusesAMessageInsideAFragmentedOne() {
    feed(joined(frame(0x01, "a"), frame(0x81, "b")));

    assertThat(seen).containsExactly("violated 1002");
  }

  @Test
  void refusesAMessageOverTheLimitBeforeItHasCome() {
    feed(Arrays.copyOf(frame(0x81, "x".repeat(MAX + 1)), 20));

    assertThat(seen).containsExactly("violated 1009");
  }

  @Test
  void refusesFragmentsThatTogetherAreOverTheLimit() {
    feed(frame(0x01, "x".repeat(MAX)));
    feed(frame(0x80, "x"));

    assertThat(seen).containsExactly("violated 1009");
  }

  @Test
  void refusesTextThatIsNotUtf8AlsoAcrossFragments() {
    feed(
        RawTcp.frame(
            0x81, new byte[] {(byte) 0xCE, (byte) 0xBA, (byte) 0xED, (byte) 0xA0, (byte) 0x80}));
    assertThat(seen).containsExactly("violated 1007");

    seen.clear();
    FrameDecoder fresh = new FrameDecoder(MAX, Compression.NONE);
    byte[] parts =
        joined(
            RawTcp.frame(0x01, new byte[] {(byte) 0xC3}),
            RawTcp.frame(0x80, new byte[] {(byte) 0xA9}));
    ByteBuf buffer = Unpooled.wrappedBuffer(parts);
    fresh.feed(buffer, UnpooledByteBufAllocator.DEFAULT, sink);
    buffer.release();
    assertThat(seen).containsExactly("text é");
  }

  @ParameterizedTest
  @CsvSource({
    "1000,1000",
    "1001,1001",
    "1003,1003",
    "1011,1011",
    "3000,3000",
    "4999,4999",
    "0,-1",
    "999,-1",
    "1004,-1",
    "1005,-1",
    "1006,-1",
    "1015,-1",
    "1016,-1",
    "2999,-1",
    "5000,-1"
  })
  void takesOnlyCloseCodesThatMayBeSent(int sent, int expected) {
    feed(RawTcp.frame(0x88, new byte[] {(byte) (sent >>> 8), (byte) sent}));

    assertThat(seen).containsExactly(expected < 0 ? "violated 1002" : "closed " + expected);
  }

  @Test
  void takesACloseWithoutACodeAndRefusesHalfACode() {
    feed(frame(0x88, ""));
    assertThat(seen).containsExactly("closed 1005");

    seen.clear();
    ByteBuf buffer = Unpooled.wrappedBuffer(frame(0x88, "x"));
    new FrameDecoder(MAX, Compression.NONE).feed(buffer, UnpooledByteBufAllocator.DEFAULT, sink);
    buffer.release();
    assertThat(seen).containsExactly("violated 1002");
  }

  @Test
  void readsNothingAfterTheEnd() {
    feed(joined(frame(0x88, ""), frame(0x81, "late")));
    feed(frame(0x81, "later"));

    assertThat(seen).containsExactly("closed 1005");
  }
}
