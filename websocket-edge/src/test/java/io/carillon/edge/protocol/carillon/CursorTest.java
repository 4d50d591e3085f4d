package io.carillon.edge.protocol.carillon;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.model.ChannelName;
import io.carillon.core.model.Position;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clause 13.4. */
class CursorTest {
  private static final long LARGEST = (1L << 53) - 1;

  private static Map<ChannelName, Position> positions(int channels) {
    Map<ChannelName, Position> positions = new LinkedHashMap<>();
    for (int i = 0; i < channels; i++) {
      positions.put(ChannelName.of("channel-" + i), new Position(LARGEST - i, i * 1_000_003L));
    }
    return positions;
  }

  @Test
  void isReadAsItWasWritten() {
    Map<ChannelName, Position> positions = positions(20);
    positions.put(ChannelName.of("private-room:1"), new Position(1, 127));
    positions.put(ChannelName.of("private-room:2"), new Position(127, 128));
    positions.put(ChannelName.of("largest"), new Position(LARGEST, LARGEST));
    positions.put(ChannelName.of("nowhere"), Cursor.NOWHERE);
    positions.put(ChannelName.ofUser("Zoë"), new Position(5, 16_384));

    String text = Cursor.write(positions);

    assertThat(text).matches("[A-Za-z0-9_-]+");
    assertThat(Cursor.read(text)).isEqualTo(positions);
  }

  @Test
  void leavesOutTheLastChannelsThatDoNotFit() {
    Map<ChannelName, Position> positions = positions(1_000);
    String text = Cursor.write(positions);
    assertThat(text).hasSizeLessThanOrEqualTo(Cursor.CHARACTERS_MAX);
    Map<ChannelName, Position> read = requireNonNull(Cursor.read(text));
    assertThat(read).hasSizeBetween(50, 200);
    assertThat(List.copyOf(positions.entrySet()).subList(0, read.size()))
        .isEqualTo(List.copyOf(read.entrySet()));
  }

  @Test
  void whatFitsAtFirstFitsWithAnyPosition() {
    int most =
        IntStream.range(0, 1_000)
            .filter(count -> Cursor.fits(positions(count).keySet()))
            .max()
            .orElseThrow();
    Map<ChannelName, Position> largest = positions(most);
    largest.replaceAll((channel, position) -> new Position(LARGEST, LARGEST));
    assertThat(most).isGreaterThan(50);
    assertThat(Cursor.read(Cursor.write(largest))).isEqualTo(largest);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "!", "A", "AA", "Ag", "AQE", "AQFhAA", "AQFhgICAgICAgIABAA", "AX9h"})
  void whatIsNoneIsNotRead(String text) {
    assertThat(Cursor.read(text)).isNull();
  }

  @Test
  void theSameChannelTwiceIsNone() {
    String twice =
        Base64.getUrlEncoder().encodeToString(new byte[] {1, 1, 'a', 1, 1, 1, 'a', 2, 2});
    assertThat(Cursor.read(twice)).isNull();
  }

  @Test
  void noTextMakesItThrow() {
    Random random = new Random(11);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      if (bytes.length > 0) {
        bytes[0] = 1;
      }
      Map<ChannelName, Position> read = Cursor.read(Base64.getUrlEncoder().encodeToString(bytes));
      assertThat(read == null || read.size() <= 20).isTrue();
    }
    assertThat(Cursor.read("A".repeat(100_000))).isNull();
  }
}
