package io.carillon.standalone.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DocumentationTest {
  private final Documentation documentation = new Documentation("/docs/");

  @ParameterizedTest
  @CsvSource({
    "'', First",
    "index.html, First",
    "guides, Guides",
    "guides/, Guides",
    "guides/socket.io, socket.io",
    "guides/socket.io.html, socket.io"
  })
  void findsThePageThatAPathMeans(String path, String title) {
    Documentation.Found found = requireNonNull(documentation.find(path));
    assertThat(new String(found.bytes(), UTF_8)).contains("<title>" + title + "</title>");
    assertThat(found.type()).isEqualTo("text/html; charset=utf-8");
  }

  @Test
  void tellsScriptsByTheirEnding() {
    Documentation.Found found = requireNonNull(documentation.find("assets/app.Bx3f_-1.js"));
    assertThat(found.type()).isEqualTo("text/javascript; charset=utf-8");
    assertThat(found.etag()).matches("W/\"[0-9a-f]+-[0-9a-f]+\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../logback.xml",
        "guides/../../logback.xml",
        "guides/./index.html",
        "/index.html",
        "//index.html",
        "guides//index.html",
        "..%2flogback.xml",
        "..\\logback.xml",
        ".hidden.html",
        "index.html\u0000.js",
        "none",
        "policy.txt",
        "assets"
      })
  void findsNothingElse(String path) {
    assertThat(documentation.find(path)).isNull();
  }

  @Test
  void looksForNothingThatIsTooLong() {
    assertThat(documentation.find("a".repeat(Documentation.PATH_LENGTH_MAX + 1))).isNull();
  }

  @Test
  void isEmptyWhereItWasNotBuilt() {
    Documentation none = new Documentation("/nowhere/");
    assertThat(none.find("")).isNull();
    assertThat(none.missing()).isNull();
    assertThat(none.policy()).isEqualTo("default-src 'none'");
  }
}
