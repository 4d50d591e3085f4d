package io.carillon.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LimitsDocumentTest {
  private static final Path PAGE = Path.of("..", "docs", "limits.md");

  @Test
  void thePageSaysWhatTheCatalogueSays() throws IOException {
    if (Boolean.getBoolean("carillon.docs.write")) {
      Files.writeString(PAGE, LimitsDocument.render());
    }

    assertThat(Files.readString(PAGE))
        .as("rewrite it with -Dcarillon.docs.write=true")
        .isEqualTo(LimitsDocument.render());
  }
}
