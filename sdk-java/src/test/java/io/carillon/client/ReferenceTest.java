package io.carillon.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
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
    assertThat(findings(said.lines())).isEmpty();
    assertThat(said.code()).as("%s", said.lines()).isZero();
    for (ClientError error : ClientError.values()) {
      String place = error.page().replaceFirst(".*/latest/", "");
      String[] fileAndAnchor = place.split("#", 2);
      assertThat(PAGES.resolve(fileAndAnchor[0]))
          .content()
          .contains("id=\"" + fileAndAnchor[1] + "\"");
    }
  }

  /** A finding is a line, and the next one is the source that it is about. */
  private static List<String> findings(List<String> lines) {
    return IntStream.range(0, lines.size())
        .filter(at -> FINDING.matcher(lines.get(at)).matches())
        .filter(at -> !NOT_ASKED_FOR.matcher(lines.get(at)).find())
        // private fields of what could be serialized are looked at as well
        .filter(at -> !lines.get(at + 1).strip().startsWith("private "))
        .mapToObj(lines::get)
        .toList();
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
        "--module-source-path",
        "io.carillon.client.testing=" + Path.of("testkit", "src", "main", "java"),
        "--module",
        "io.carillon.client,io.carillon.client.testing",
        "-d",
        PAGES.toString());
  }
}
