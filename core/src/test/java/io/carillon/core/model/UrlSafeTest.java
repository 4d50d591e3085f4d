package io.carillon.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UrlSafeTest {
  private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9_-]");

  @Test
  void theAlphabetIsThatOfBase64Url() {
    IntStream.rangeClosed(0, Character.MAX_VALUE)
        .mapToObj(c -> String.valueOf((char) c))
        .forEach(
            text ->
                assertThat(UrlSafe.isWord(text, 1))
                    .as("U+%04X", (int) text.charAt(0))
                    .isEqualTo(REFERENCE.matcher(text).matches()));
  }

  @Test
  void aWordHasACharacterAndNotTooMany() {
    assertThat(UrlSafe.isWord("", 4)).isFalse();
    assertThat(UrlSafe.isWord("abcd", 4)).isTrue();
    assertThat(UrlSafe.isWord("abcde", 4)).isFalse();
    assertThat(UrlSafe.isWord("ab.cd", 2, 2)).isFalse();
    assertThat(UrlSafe.isWord("ab.cd", 3, 5)).isTrue();
    assertThat(UrlSafe.isWord("ab.cd", 1, 4)).isFalse();
  }
}
