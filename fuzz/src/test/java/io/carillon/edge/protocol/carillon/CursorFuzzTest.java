package io.carillon.edge.protocol.carillon;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.Position;
import io.carillon.fuzz.Cost;
import io.carillon.fuzz.Input;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a request of the HTTP transports asks for: refused, or so that the cursor which the server
 * gives out next is one that it reads.
 */
class CursorFuzzTest {
  static Stream<byte[]> seeds() {
    return Input.seeds(
        "",
        "AQFhAQI",
        "ch=a&ch=b&since=1@2&since=&rewind=5",
        "ch=a&since=9007199254740991@9007199254740991",
        "cursor=AQFhAQI&ch=a&ch=c",
        "ch=%23server-to-user-%F0%9F%98%80&rewind=1",
        "cursor=AQ");
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "4s")
  void whatIsAskedForFitsACursorThatIsReadAgain(byte[] data) {
    String text = new Input(data).restAsText();
    Map<ChannelName, Position> read = Cursor.read(text);
    Cost.check(64L * data.length, () -> Cursor.read(text));
    if (read != null) {
      check(read);
    }
    Map<String, List<String>> query = queryOf(text);
    if (Wishes.read(query, null) instanceof Wishes.Valid(var all)) {
      Map<ChannelName, Position> positions = new LinkedHashMap<>();
      for (Wishes.Wish wish : all) {
        Position since = wish.since();
        positions.put(wish.channel(), since == null ? Cursor.NOWHERE : since);
        Integer rewind = wish.rewind();
        Input.check(rewind == null || rewind > 0, "rewind " + rewind);
      }
      check(positions);
    }
  }

  private static Map<String, List<String>> queryOf(String text) {
    try {
      return new QueryStringDecoder(text, false).parameters();
    } catch (IllegalArgumentException e) {
      return Map.of();
    }
  }

  private static void check(Map<ChannelName, Position> positions) {
    String written = Cursor.write(positions);
    Input.check(written.length() <= Cursor.CHARACTERS_MAX, written.length() + " characters");
    Map<ChannelName, Position> again = Cursor.read(written);
    Input.check(positions.equals(again), positions + " became " + again);
  }
}
