package io.carillon.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ChannelNameTest {
  @ParameterizedTest
  @CsvSource({
    "news, PUBLIC",
    "private-a, PRIVATE",
    "private-encrypted-a, PRIVATE_ENCRYPTED",
    "presence-a, PRESENCE",
    "cache-a, CACHE",
    "private-cache-a, PRIVATE_CACHE",
    "private-encrypted-cache-a, PRIVATE_ENCRYPTED_CACHE",
    "presence-cache-a, PRESENCE_CACHE",
    "'#server-to-user-1', USER",
    "'#anything', INTERNAL",
    // prefixes are anchored at the start
    "xprivate-a, PUBLIC",
    "mycache-a, PUBLIC",
    "x-presence-a, PUBLIC",
    "private-mycache-a, PRIVATE",
    "presence-private-a, PRESENCE",
    "chat:private-a, PUBLIC",
    "Private-a, PUBLIC",
  })
  void theLongestPrefixAtTheStartSaysTheKind(String name, ChannelKind kind) {
    assertThat(ChannelName.of(name).kind()).isEqualTo(kind);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "A-Z_0=9@,.;", "chat:1:typing", "private-x"})
  void theseAreNames(String name) {
    assertThat(ChannelName.problemWith(name)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "private-", "presence-cache-", "#", "a b", "a/b", "a#b", "é", "a\n", "a*"})
  void theseAreNone(String name) {
    assertThatThrownBy(() -> ChannelName.of(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected");
  }

  @Test
  void aNameHasAtMostTwoHundredCharacters() {
    assertThat(ChannelName.problemWith("a".repeat(200))).isNull();
    assertThat(ChannelName.problemWith("a".repeat(201))).contains("201", "200");
  }

  @Test
  void aUsersChannelTakesAnyPrintableId() {
    ChannelName name = ChannelName.ofUser("müller & sohn/1");

    assertThat(name.kind()).isEqualTo(ChannelKind.USER);
    assertThat(name.userId()).isEqualTo("müller & sohn/1");
    assertThat(ChannelName.problemWith("#server-to-user-" + "x".repeat(200))).isNull();
    assertThat(ChannelName.problemWith("#server-to-user-a\u0000")).isNotNull();
  }

  @Test
  void clientEventsAreForSignedChannelsThatTheServerCanRead() {
    assertThat(ChannelKind.values())
        .filteredOn(ChannelKind::allowsClientEvents)
        .containsExactly(
            ChannelKind.PRIVATE,
            ChannelKind.PRESENCE,
            ChannelKind.PRIVATE_CACHE,
            ChannelKind.PRESENCE_CACHE);
  }

  @Test
  void channelsOfOneNameInTwoAppsDiffer() {
    ChannelName name = ChannelName.of("a");

    assertThat(ChannelId.of(new AppId("1"), name))
        .isEqualTo(ChannelId.of(new AppId("1"), ChannelName.of("a")))
        .isNotEqualTo(ChannelId.of(new AppId("2"), name));
  }
}
