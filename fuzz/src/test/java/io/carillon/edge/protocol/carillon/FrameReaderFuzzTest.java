package io.carillon.edge.protocol.carillon;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.carillon.core.model.Position;
import io.carillon.edge.format.WireFormat;
import io.carillon.fuzz.Cost;
import io.carillon.fuzz.Input;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Frames of JSON: refused by an {@link IOException}, or within the bounds of clauses 1.2 and 3.2.
 */
class FrameReaderFuzzTest {
  private static final long NUMBER_MAX = (1L << 53) - 1;

  static Stream<byte[]> seeds() {
    return Input.seeds(
        "",
        "{\"t\":\"hello\",\"i\":1,\"key\":\"k\",\"session\":\"s\"}",
        "{\"t\":\"sub\",\"i\":2,\"ch\":\"a\",\"since\":{\"e\":1,\"o\":2},\"presence\":\"count\",\"enter\":{}}",
        "{\"t\":\"sub\",\"i\":2,\"ch\":\"a\",\"rewind\":10,\"presence\":true}",
        "[{\"t\":\"pub\",\"i\":3,\"ch\":\"a\",\"m\":[{\"n\":\"x\",\"d\":[1,2.5,null],\"id\":\"i\"},{\"n\":\"y\",\"d\":\"aGk=\",\"enc\":\"b64\"}]}]",
        "{\"t\":\"pub\",\"i\":3,\"ch\":\"a\",\"m\":[{\"op\":\"append\",\"ref\":\"i\",\"d\":\"x\",\"x\":{\"a\":1},\"trace\":true}]}",
        "{\"t\":\"hist\",\"i\":4,\"ch\":\"a\",\"before\":{\"e\":9007199254740991,\"o\":1},\"limit\":5}",
        "{\"t\":\"eph\",\"ch\":\"a\",\"m\":[{\"n\":\"x\",\"d\":true,\"k\":\"1\"}]}",
        "[{\"t\":\"enter\",\"i\":1,\"ch\":\"a\",\"d\":\"\\ud800\\u0000\"},{\"t\":\"bye\"}]",
        "{\"t\":\"pub\",\"i\":3,\"ch\":\"a\",\"m\":[{\"n\":\"x\",\"id\":\"\\ud800\"}]}",
        "{\"t\":\"unsub\",\"i\":-1,\"ch\":\"\\u00e9\"} ");
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "4s")
  void framesAreBoundedOrRefused(byte[] message) {
    check(WireFormat.JSON, message);
  }

  /** What holds in each format. */
  static void check(WireFormat format, byte[] message) {
    List<ClientFrame> frames = read(format, message);
    Cost.check(tables(format) + 256L * message.length, () -> read(format, message));
    if (frames != null) {
      Input.check(frames.size() <= FrameReader.FRAMES_MAX, frames.size() + " frames");
      frames.forEach(FrameReaderFuzzTest::check);
      Input.check(frames.equals(read(format, message)), "other frames the second time");
    }
  }

  private static long tables(WireFormat format) {
    return format == WireFormat.JSON ? Cost.TABLE_OF_NAMES : 0;
  }

  private static @Nullable List<ClientFrame> read(WireFormat format, byte[] message) {
    try {
      return FrameReader.read(format, message);
    } catch (IOException e) {
      return null;
    }
  }

  private static void check(ClientFrame frame) {
    switch (frame) {
      case ClientFrame.Sub sub -> check(sub.since());
      case ClientFrame.Hist hist -> {
        check(hist.before());
        check(hist.after());
        Input.check(hist.limit() > 0, "limit " + hist.limit());
      }
      case ClientFrame.Pub pub -> {
        check(pub.items());
        pub.items().forEach(item -> check(item.id()));
      }
      case ClientFrame.Eph eph -> check(eph.items());
      default -> {}
    }
  }

  private static void check(List<ClientFrame.Item> items) {
    int count = items.size();
    Input.check(count > 0 && count <= FrameReader.ITEMS_MAX, count + " items");
  }

  private static void check(@Nullable Position position) {
    Input.check(
        position == null || (isNumber(position.epoch()) && isNumber(position.offset())),
        "position " + position);
  }

  /** Two ids must not become one where they are stored. */
  private static void check(@Nullable String id) {
    Input.check(
        id == null
            || new String(id.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).equals(id),
        "an id that UTF-8 does not hold");
  }

  private static boolean isNumber(long number) {
    return number >= 0 && number <= NUMBER_MAX;
  }
}
