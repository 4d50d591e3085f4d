package io.carillon.edge.protocol.carillon;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.carillon.edge.format.WireFormat;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Frames of MessagePack, with the properties of {@link FrameReaderFuzzTest}. */
class MsgpackFrameReaderFuzzTest {
  static Stream<byte[]> seeds() {
    return Stream.of(
            "83a174a5 68656c6c6f a16901 a36b6579a16b", // hello
            "84a174a3737562a16902a26368a161a573696e6365 82a16501a16f02",
            "84a174a3707562a16903a26368a161a16d 91 82a16ea178a164 c403010203",
            "9182a174a462796500 c0",
            "84a174a468697374a16904a26368a161a56c696d6974 cb4014000000000000",
            "81a174c7010541",
            "dd00000001 81a174a370696e67",
            "df00000001 a174d904 70696e67",
            "82 01 90 a174a370696e67")
        .map(hex -> HexFormat.of().parseHex(hex.replace(" ", "")));
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "4s")
  void framesAreBoundedOrRefused(byte[] message) {
    FrameReaderFuzzTest.check(WireFormat.MSGPACK, message);
  }
}
