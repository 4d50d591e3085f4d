package io.carillon.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The reference is rendered without a broken link or a public name that says nothing of itself. */
final class ReferenceTest {
  private static final Path PAGES = Path.of("target", "reference");

  /** What the first sentence says already is not said again for each parameter. */
  private static final Pattern NOT_ASKED_FOR = Pattern.compile(" @(param|return|throws)\\b");

  private static final Pattern FINDING = Pattern.compile("^\\S+\\.java:\\d+: .*");

  @Test
  void everyPublicNameIsDocumentedAndEveryLinkLeadsSomewhere() throws Exception {
    JdkTool.Said said = new JdkTool("javadoc").run(arguments());
    assertThat(said.lines())
        .filteredOn(line -> FINDING.matcher(line).matches())
        .filteredOn(line -> !NOT_ASKED_FOR.matcher(line).find())
        .isEmpty();
    assertThat(said.code()).as("%s", said.lines()).isZero();
    assertThat(PAGES.resolve("index.html")).isNotEmptyFile();
  }

  private static List<String> arguments() throws Exception {
    return List.of(
        "-quiet",
        "-public",
        "-notimestamp",
        "-Xdoclint:all",
        "-Xmaxwarns",
        "10000",
        "-windowtitle",
        "Carillon for Java",
        "--release",
        "17",
        "--module-path",
        JdkTool.originOf(NullMarked.class).toString(),
        "--module-source-path",
        "io.carillon.client=" + Path.of("src", "main", "java"),
        "--module",
        "io.carillon.client",
        "-d",
        PAGES.toString());
  }
}
