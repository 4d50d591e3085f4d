package io.carillon.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The clauses of the native protocol and the tests that name them, as "Clause 4.3" or "clauses 2.4
 * and 7.3" in a comment or a title, or in a scenario's {@code clauses}.
 */
class ClauseReportTest {
  private static final Path ROOT = Path.of("..", "..");
  private static final Path TEXT = ROOT.resolve("docs/protocol/carillon-v1.md");
  private static final Path REPORT = ROOT.resolve("docs/protocol/clauses.md");
  private static final Path SCENARIOS = ROOT.resolve("docs/protocol/vectors/scenarios");

  private static final Pattern CLAUSE =
      Pattern.compile("^- \\*\\*(\\d+\\.\\d+)\\*\\*", Pattern.MULTILINE);
  private static final Pattern NUMBER = Pattern.compile("\\d+\\.\\d+");
  private static final Pattern NAMED =
      Pattern.compile("[Cc]lauses?((?:[\\s*,\"\\[:]|//|and|to|\\([^)]*\\)|\\d+\\.\\d+)+)");

  private static final Set<String> TEST_ENDINGS = Set.of(".java", ".ts", ".tsx", ".js", ".mjs");
  private static final Comparator<String> IN_ORDER =
      Comparator.comparingInt((String clause) -> part(clause, 0))
          .thenComparingInt(clause -> part(clause, 1));

  private static int part(String clause, int index) {
    return Integer.parseInt(clause.split("\\.", -1)[index]);
  }

  @Test
  void theReportNamesTheClausesWithoutATest() throws IOException {
    Set<String> clauses = numbers(CLAUSE, Files.readString(TEXT));
    Map<String, Set<String>> named = named();

    Set<String> unknown = new TreeSet<>(named.keySet());
    unknown.removeAll(clauses);
    assertThat(unknown)
        .as("clauses that tests name and the text does not have: %s", named)
        .isEmpty();

    String rendered = rendered(clauses, named.keySet());
    if (Boolean.getBoolean("carillon.docs.write")) {
      Files.writeString(REPORT, rendered);
    }
    assertThat(REPORT)
        .as("repeat with -Dcarillon.docs.write=true, then commit docs/protocol/clauses.md")
        .exists()
        .hasContent(rendered);
  }

  private static String rendered(Set<String> clauses, Set<String> named) {
    StringBuilder page =
        new StringBuilder(
            """
            # Clauses without a test

            Rendered from [the text](carillon-v1.md) and the tests that name its clauses; the build compares it.

            """);
    for (String clause : clauses) {
      if (!named.contains(clause)) {
        page.append("- ").append(clause).append('\n');
      }
    }
    return page.toString();
  }

  /** The clauses that tests name, with the files. */
  private static Map<String, Set<String>> named() throws IOException {
    Map<String, Set<String>> named = new TreeMap<>();
    try (Stream<Path> files = Files.walk(ROOT, 12)) {
      for (Path file : files.filter(ClauseReportTest::isTest).toList()) {
        for (String clause : numbers(NAMED, Files.readString(file))) {
          named
              .computeIfAbsent(clause, unused -> new TreeSet<>())
              .add(String.valueOf(file.getFileName()));
        }
      }
    }
    return named;
  }

  private static boolean isTest(Path file) {
    String path = file.toString().replace('\\', '/');
    String name = String.valueOf(file.getFileName());
    if (path.contains("/node_modules/") || path.contains("/target/") || path.contains("/dist/")) {
      return false;
    }
    boolean test =
        path.contains("/src/test/") || path.contains("/test/") || path.contains("/acceptance/");
    return (test && TEST_ENDINGS.stream().anyMatch(name::endsWith))
        || (file.startsWith(SCENARIOS) && name.endsWith(".json"));
  }

  private static Set<String> numbers(Pattern pattern, String text) {
    Set<String> numbers = new TreeSet<>(IN_ORDER);
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      Matcher each = NUMBER.matcher(matcher.group());
      while (each.find()) {
        numbers.add(each.group());
      }
    }
    return numbers;
  }
}
