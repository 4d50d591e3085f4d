package io.carillon.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OriginsTest {
  @ParameterizedTest
  @CsvSource({
    "https://app.example.com, https://app.example.com",
    "http://localhost:5173, http://localhost:5173",
    "HTTPS://App.Example.com, https://app.example.com",
    "https://[2001:db8::1]:8443, https://[2001:db8::1]:8443",
    "capacitor://localhost, capacitor://localhost",
    "chrome-extension://abcdef, chrome-extension://abcdef",
  })
  void oneIsKeptAsBrowsersWriteIt(String typed, String origin) {
    assertThat(Origins.parse(typed)).isEqualTo(origin);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "null",
        "app.example.com",
        "https://",
        "https://a/",
        "https://a/path",
        "https://a?b",
        "https://a#b",
        "https://u@a",
        "https://*.example.com",
        "https://a b",
        "https://a,https://b",
        "https://a\n",
        "https://a\0",
        "https://\u00e4.example",
        " https://a",
        "1ttp://a"
      })
  void noOther(String text) {
    assertThat(Origins.parse(text)).isNull();
  }

  @Test
  void oneThatIsTooLongIsNone() {
    String longest = "https://" + "a".repeat(Origins.LENGTH_MAX - 8);
    assertThat(Origins.parse(longest)).isEqualTo(longest);
    assertThat(Origins.parse(longest + "a")).isNull();
  }

  @Test
  void thoseThatAreThereAreAllowedAndNoOthers() {
    Origins origins = new Origins(List.of("https://a.example", "https://b.example:444"));

    assertThat(List.of("https://a.example", "https://b.example:444")).allMatch(origins::allow);
    assertThat(
            List.of(
                "null",
                "",
                "http://a.example",
                "https://b.example",
                "https://a.example:443",
                "https://a.example.evil",
                "https://x.a.example",
                "https://A.example",
                "https://a.example/"))
        .noneMatch(origins::allow);
    assertThat(origins.allow(null)).as("a program").isTrue();
    assertThat(Origins.ALL.allow("https://anywhere.example")).isTrue();
  }
}
