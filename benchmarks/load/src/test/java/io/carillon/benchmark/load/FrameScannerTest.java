package io.carillon.benchmark.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.benchmark.measure.Latencies;
import io.carillon.benchmark.profile.Profile.Counting;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FrameScannerTest {
  private static final int MIN = 30;
  private static final int TEXT = 1;
  private static final int PING = 9;

  private final List<String> collected = new ArrayList<>();

  private FrameScanner scanner(Counting counting) {
    return new FrameScanner(
        MIN,
        counting,
        (opcode, payload) -> collected.add(opcode + ":" + new String(payload, ISO_8859_1)));
  }

  private static void frame(ByteBuf out, int opcode, String payload) {
    out.writeByte(0x80 | opcode);
    if (payload.length() < 126) {
      out.writeByte(payload.length());
    } else if (payload.length() < 65_536) {
      out.writeByte(126);
      out.writeShort(payload.length());
    } else {
      out.writeByte(127);
      out.writeLong(payload.length());
    }
    out.writeCharSequence(payload, ISO_8859_1);
  }

  private static String message(long stamp, int bytes) {
    return "~%019d".formatted(stamp) + "x".repeat(bytes - 20);
  }

  /** Messages in frames with each length of header, with others between them. */
  private static ByteBuf stream() {
    ByteBuf out = Unpooled.buffer();
    frame(out, TEXT, message(1, MIN));
    frame(out, PING, "hi");
    frame(out, TEXT, message(2, 1_000));
    frame(out, TEXT, "");
    frame(out, TEXT, message(3, 70_000));
    frame(out, TEXT, "short");
    frame(out, TEXT, message(4, 125));
    return out;
  }

  @ParameterizedTest
  @EnumSource
  void countsTheSameHoweverTheBytesArriveInPieces(Counting counting) {
    ByteBuf stream = stream();
    for (int piece : new int[] {1, 2, 3, 5, 7, 11, 100, 4_096, stream.readableBytes()}) {
      FrameScanner scanner = scanner(counting);
      scanner.count();
      collected.clear();
      int messages = 0;
      for (int at = 0; at < stream.readableBytes(); at += piece) {
        int length = Math.min(piece, stream.readableBytes() - at);
        messages += scanner.feed(stream.slice(at, length), 0);
      }
      assertThat(messages).as("pieces of %d bytes", piece).isEqualTo(4);
      assertThat(collected).containsExactly("9:hi", "1:", "1:short");
    }
  }

  @Test
  void aFrameMayHaveSeveralMessages() {
    ByteBuf out = Unpooled.buffer();
    frame(out, TEXT, "[" + message(1, 40) + "," + message(2, 40) + "," + message(3, 40) + "]");
    FrameScanner scanner = scanner(Counting.MARKERS);
    scanner.count();

    assertThat(scanner.feed(out, 0)).isEqualTo(3);
  }

  @Test
  void collectsEverythingUntilItCounts() {
    FrameScanner scanner = scanner(Counting.FRAMES);

    assertThat(scanner.feed(stream(), 0)).isZero();
    assertThat(collected).hasSize(6); // all but the one that is too large to be kept
  }

  @Test
  void recordsHowOldMessagesAre() {
    ByteBuf out = Unpooled.buffer();
    frame(out, TEXT, message(1_000, 64));
    frame(out, TEXT, message(1_040, 64));
    Latencies latencies = new Latencies();
    FrameScanner scanner = scanner(Counting.FRAMES);
    scanner.count();
    scanner.record(latencies);

    int messages = scanner.feed(out.readSlice(10), 1_050) + scanner.feed(out, 1_050);

    assertThat(messages).isEqualTo(2);
    assertThat(latencies.total()).isEqualTo(2);
    assertThat(latencies.max()).isEqualTo(50);
    assertThat(latencies.quantile(0.5)).isEqualTo(10);
  }

  @Test
  void whatHasEveryBitOfAMarkerButOneIsNone() {
    ByteBuf out = Unpooled.buffer();
    StringBuilder payload = new StringBuilder();
    for (int i = 0; i < 256; i++) {
      payload.append(i == '~' ? 'x' : (char) i);
    }
    frame(out, TEXT, payload.toString());
    FrameScanner scanner = scanner(Counting.MARKERS);
    scanner.count();

    assertThat(scanner.feed(out, 0)).isZero();
  }
}
