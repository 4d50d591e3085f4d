package io.carillon.core.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;

final class ErrorCodeTest {
  private static final Path PAGE = Path.of("../docs/errors.md");

  @Test
  void numbersAndSlugsAreUnique() {
    assertThat(ErrorCode.values()).extracting(ErrorCode::number).doesNotHaveDuplicates();
    assertThat(ErrorCode.values()).extracting(ErrorCode::slug).doesNotHaveDuplicates();
  }

  @Test
  void everyColumnHasItsForm() {
    assertThat(ErrorCode.values())
        .allSatisfy(
            code -> {
              assertThat(code.number()).isBetween(40_000, 59_999);
              assertThat(code.slug()).matches("[a-z]+(-[a-z]+)*");
              assertThat(code.slug()).isEqualTo(slugOf(code));
              assertThat(code.httpStatus()).isBetween(400, 599);
              assertThat(code.sentence()).isNotBlank().doesNotEndWith(".");
              assertThat(code.remedy()).isNotBlank().doesNotEndWith(".");
            });
  }

  /** pusher-js takes a close code from 4300 on as a refusal for good. */
  @Test
  void aPusherCodeIsOneThatItsClientsKnow() {
    assertThat(ErrorCode.values())
        .extracting(ErrorCode::pusherCode)
        .filteredOn(code -> code != null)
        .isSubsetOf(4001, 4003, 4004, 4005, 4006, 4007, 4008, 4009, 4100, 4200, 4201, 4301, 4302);
  }

  @Test
  void thePageIsTheRenderedCatalogue() throws IOException {
    String rendered = ErrorReference.markdown();
    if (Boolean.getBoolean("carillon.docs.write")) {
      Files.createDirectories(PAGE.getParent());
      Files.writeString(PAGE, rendered);
    }

    assertThat(PAGE)
        .as("repeat with -Dcarillon.docs.write=true, then commit docs/errors.md")
        .exists()
        .hasContent(rendered);
  }

  private static String slugOf(ErrorCode code) {
    return code.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
