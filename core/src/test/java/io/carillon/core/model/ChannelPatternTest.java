package io.carillon.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ChannelPatternTest {
  @ParameterizedTest
  @CsvSource({
    "news, news, true",
    "news, news2, false",
    "news, new, false",
    "*, anything:at:all, true",
    "chat:*, chat:1, true",
    "chat:*, chat:1:typing, true",
    "chat:*, chat, false",
    "chat:*, xchat:1, false",
    "presence-*, presence-room, true",
    "presence-*, presence-room:1, false",
    "presence-*, xpresence-room, false",
    "*:typing, chat:typing, true",
    "*:typing, chat:1:typing, false",
    "chat:*:typing, chat:1:typing, true",
    "chat:*:typing, chat:1:2:typing, false",
    "a*b*c, a-b-b-c, true",
    "a*b*c, abc, true",
    "a*b*c, a-c-b, false",
    "*a, bca, true",
    "*a, ab, false",
    "**, abc, true",
    "a*:b*, ax:bx, true",
    "a*:b*, ax:cb, false",
  })
  void aStarIsAnyRunWithinASegmentAndALastOneAllThatFollows(
      String pattern, String name, boolean matches) {
    assertThat(new ChannelPattern(pattern).matches(ChannelName.of(name))).isEqualTo(matches);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", " a", "éa", "#online-*", "#*", "a/b"})
  void theseAreNoPatterns(String text) {
    assertThatThrownBy(() -> new ChannelPattern(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected");
  }

  @Test
  void aPatternHasAtMostTwoHundredCharacters() {
    assertThat(new ChannelPattern("a".repeat(200)).text()).hasSize(200);
    assertThat(new ChannelPattern("private-").text()).isEqualTo("private-");
    assertThatThrownBy(() -> new ChannelPattern("a".repeat(201)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** A tenant's pattern is asked at each publish, also while others wait. */
  @Test
  void manyStarsDoNotTakeForever() {
    ChannelPattern pattern = new ChannelPattern("a*".repeat(99) + "b");
    ChannelName name = ChannelName.of("a".repeat(200));

    boolean matches =
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(5), () -> pattern.matches(name));

    assertThat(matches).isFalse();
  }

  @Test
  void theMostSpecificComesFirst() {
    List<ChannelPattern> ordered =
        Stream.of(
                "chat:lobby", "chat:*:typing", "chat:a*", "chat:*", "cha*", "*:typing", "a*b*", "*")
            .map(ChannelPattern::new)
            .sorted(ChannelPattern.MOST_SPECIFIC_FIRST)
            .toList();

    assertThat(ordered)
        .extracting(ChannelPattern::text)
        .containsExactly(
            "chat:lobby", "chat:a*", "chat:*:typing", "chat:*", "cha*", "a*b*", "*:typing", "*");
  }
}
