package io.carillon.client;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java of the documentation compiles. */
final class SnippetsTest {
  private static final Path PRELUDE = Path.of("src", "test", "snippets");
  private static final Path TESTKIT = Path.of("testkit", "src", "main", "java", "io");
  private static final Path DOCS = Path.of("..", "docs");
  private static final Pattern FENCED =
      Pattern.compile("^```java\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern IMPORT = Pattern.compile("^import .*;$", Pattern.MULTILINE);
  private static final Pattern TYPE =
      Pattern.compile("^(@|(final )?(class|record|interface) )", Pattern.MULTILINE);

  private static final String IMPORTS =
      Stream.of(
              "io.carillon.client.*",
              "io.carillon.client.testing.*",
              "java.nio.file.*",
              "java.security.Principal",
              "java.time.Duration",
              "java.util.*",
              "java.util.concurrent.*",
              "static io.carillon.client.Capability.*",
              "static java.time.Duration.*")
          .map(name -> "import " + name + "; ")
          .collect(joining());

  @TempDir Path folder;

  @Test
  void theSnippetsOfTheDocumentationCompile() throws Exception {
    List<Path> sources = new ArrayList<>(javaBelow(PRELUDE));
    sources.addAll(javaBelow(TESTKIT));
    int own = sources.size();
    for (Path document : documents()) {
      sources.addAll(written(document));
    }
    assertThat(sources).hasSizeGreaterThan(own + 5);

    JdkTool.Said said = new JdkTool("javac").run(arguments(sources));
    assertThat(said.code()).as("%s", String.join("\n", said.lines())).isZero();
  }

  private static List<Path> documents() throws Exception {
    List<Path> documents = new ArrayList<>(List.of(Path.of("README.md")));
    try (Stream<Path> pages = Files.find(DOCS, 2, (path, is) -> path.toString().endsWith(".md"))) {
      pages
          .filter(page -> !page.startsWith(DOCS.resolve("decisions")))
          .sorted()
          .forEach(documents::add);
    }
    return documents;
  }

  private static List<Path> javaBelow(Path folder) throws Exception {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    }
  }

  /** A file for each snippet, with the lines where the document has them. */
  private List<Path> written(Path document) throws Exception {
    String text = Files.readString(document);
    List<Path> files = new ArrayList<>();
    Matcher snippet = FENCED.matcher(text);
    while (snippet.find()) {
      int line = (int) text.substring(0, snippet.start()).lines().count() + 1;
      String name = String.valueOf(document.getFileName()).replaceAll("\\W", "_") + "_" + line;
      Path file = folder.resolve(name + ".java");
      Files.writeString(file, unit(name, line, snippet.group(1)));
      files.add(file);
    }
    return files;
  }

  private static String unit(String name, int line, String code) {
    String imports =
        IMPORT.matcher(code).results().map(found -> found.group()).collect(joining(" "));
    String rest = IMPORT.matcher(code).replaceAll("");
    boolean types = TYPE.matcher(rest).find();
    String before =
        types
            ? "final class %s { "
            : "final class %s extends Prelude { void run() throws Exception { ";
    return IMPORTS
        + imports
        + before.formatted(name)
        + "\n".repeat(line)
        + rest
        + (types ? "}" : "}}");
  }

  private List<String> arguments(List<Path> sources) throws Exception {
    String path =
        JdkTool.originOf(Carillon.class)
            + System.getProperty("path.separator")
            + JdkTool.originOf(NullMarked.class);
    List<String> arguments =
        new ArrayList<>(
            List.of("-proc:none", "--release", "17", "-d", folder.toString(), "-classpath", path));
    sources.forEach(source -> arguments.add(source.toString()));
    return arguments;
  }
}
