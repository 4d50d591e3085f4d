package io.carillon.edge.carrier.websocket;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.carillon.fuzz.Cost;
import io.carillon.fuzz.Input;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A client's bytes are decoded to the same messages however they are cut; no message is above the
 * limit, a text is UTF-8, nothing comes behind the end, and memory is bounded by what came.
 */
class FrameDecoderFuzzTest {
  private static final int MAX = 2_048;

  /** The first byte: whether compression was agreed on; the second: how the bytes are cut. */
  static Stream<byte[]> seeds() {
    return Stream.of(
            "0003 818500000000 48656c6c6f",
            "0001 818537fa213d7f9f4d5158",
            "0005 018300000000 48656c 890000000000 808200000000 6c6f",
            "0107 c18700000000 f248cdc9c90700",
            "0102 418300000000 f248cd 808400000000 c9c90700",
            "0004 888200000000 03e8 818100000000 41",
            "0009 018100000000 ce 008100000000 ba 80ff7fffffffffffffff 00000000",
            "0002 81fe0090 00000000" + "41".repeat(0x90),
            "0006 827f0000000000010000 00000000",
            "0008 8a8100000000 41 898200000000 4242 888000000000")
        .map(hex -> HexFormat.of().parseHex(hex.replace(" ", "")));
  }

  /** Keeps what it is told, and checks each of it. */
  private static final class Recorder implements FrameDecoder.Sink {
    private final List<String> seen = new ArrayList<>();
    private boolean ended;

    private void saw(String what) {
      Input.check(!ended, what + " behind the end");
      seen.add(what);
    }

    @Override
    public void text(byte[] message) {
      Input.check(message.length <= MAX, "a text of " + message.length);
      try {
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(message));
      } catch (CharacterCodingException e) {
        throw new AssertionError("a text that is not UTF-8", e);
      }
      saw("text " + HexFormat.of().formatHex(message));
    }

    @Override
    public void binary(byte[] message) {
      Input.check(message.length <= MAX, "a message of " + message.length);
      saw("binary " + HexFormat.of().formatHex(message));
    }

    @Override
    public void ping(byte[] payload) {
      Input.check(payload.length <= 125, "a ping of " + payload.length);
      saw("ping " + HexFormat.of().formatHex(payload));
    }

    @Override
    public void pong() {
      saw("pong");
    }

    @Override
    public void closed(int code) {
      Input.check(code == CloseCode.NONE || CloseCode.isSendable(code), "close " + code);
      saw("closed " + code);
      ended = true;
    }

    @Override
    public void violated(int code, String reason) {
      saw("violated " + code + " " + reason);
      ended = true;
    }
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "4s")
  void sameMessagesHoweverTheBytesAreCut(byte[] data) {
    Input input = new Input(data);
    Compression compression = (input.next() & 1) == 0 ? Compression.NONE : Compression.DEFLATE;
    int cut = 1 + input.next();
    byte[] bytes = input.rest();

    Recorder whole = decoded(bytes, compression, Math.max(bytes.length, 1));
    // each message may be inflated to the limit, and its words here are twice as long and grow
    Cost.check(
        64L * bytes.length + whole.seen.size() * 16L * MAX,
        () -> decoded(bytes, compression, Math.max(bytes.length, 1)));

    Input.check(
        whole.seen.equals(decoded(bytes, compression, cut).seen), "another result in parts");
    Input.check(
        whole.seen.equals(decoded(bytes, compression, 1).seen), "another result byte by byte");
  }

  private static Recorder decoded(byte[] bytes, Compression compression, int cut) {
    Recorder recorder = new Recorder();
    FrameDecoder decoder = new FrameDecoder(MAX, compression);
    for (int at = 0; at < bytes.length; at += cut) {
      ByteBuf part =
          Unpooled.wrappedBuffer(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + cut)));
      decoder.feed(part, UnpooledByteBufAllocator.DEFAULT, recorder);
      part.release();
    }
    decoder.release();
    return recorder;
  }
}
