package io.carillon.edge.carrier.websocket;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.carillon.fuzz.Cost;
import io.carillon.fuzz.Input;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever was compressed comes back; what nobody compressed is refused or inflated within its
 * limit, and leaves nothing behind for the next message of the event loop.
 */
class DeflateFuzzTest {
  private static final int MAX = 4_096;
  private static final byte[] HELLO = HexFormat.of().parseHex("f248cdc9c90700");

  static Stream<byte[]> seeds() {
    return Stream.of(
            "f248cdc9c90700",
            "000500faff48656c6c6f00",
            "f348cdc9c9070000",
            "f34bcdc9c90700",
            "f24805000000ffffcac9c90700",
            "ffffffff",
            "00",
            "0300030003")
        .map(HexFormat.of()::parseHex);
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "4s")
  void whatIsInflatedIsBoundedAndWhatWasCompressedComesBack(byte[] data) throws Exception {
    byte[] inflated = inflated(data, MAX);
    Cost.check(4L * MAX + 2L * data.length, () -> inflated(data, MAX));
    if (inflated != null) {
      Input.check(inflated.length <= MAX, "inflated to " + inflated.length);
      if (inflated.length > 0) {
        Input.check(inflated(data, inflated.length - 1) == null, "beyond its limit");
      }
    }
    byte[] deflated = Deflate.deflate(data);
    if (deflated != null) {
      Input.check(deflated.length < data.length, "no shorter");
      Input.check(Arrays.equals(data, Deflate.inflate(deflated, data.length)), "another message");
    }
    Input.check(
        Arrays.equals("Hello".getBytes(StandardCharsets.US_ASCII), inflated(HELLO, 5)),
        "something stayed");
  }

  /** Null also where it is refused, which has no length either. */
  private static byte @Nullable [] inflated(byte[] data, int max) {
    try {
      return Deflate.inflate(data, max);
    } catch (DataFormatException e) {
      return null;
    }
  }
}
