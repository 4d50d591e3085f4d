package io.carillon.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The same sources are built with the same libraries, whenever that is. */
class PinnedVersionsTest {
  private static final Path ROOT = Path.of("..", "..").normalize();
  private static final Pattern VERSION = Pattern.compile("<([a-z.-]*version)>([^<]*)</\\1>");
  private static final Pattern MODULE = Pattern.compile("<module>([^<]*)</module>");

  /** Of a library: a number, or a property that is one. */
  private static final Pattern PINNED = Pattern.compile("\\$\\{[a-z0-9.-]+}|[0-9][0-9A-Za-z.-]*");

  private static List<Path> poms() throws IOException {
    Path root = ROOT.resolve("pom.xml");
    List<Path> modules =
        MODULE
            .matcher(Files.readString(root))
            .results()
            .map(it -> ROOT.resolve(it.group(1)).resolve("pom.xml"))
            .toList();
    assertThat(modules).isNotEmpty();
    return Stream.concat(Stream.of(root), modules.stream()).toList();
  }

  @Test
  void noVersionIsARangeOrTheNewest() throws IOException {
    for (Path pom : poms()) {
      assertThat(VERSION.matcher(Files.readString(pom)).results().map(MatchResult::group))
          .as("%s", pom)
          .allMatch(it -> PINNED.matcher(it.replaceAll("<[^>]*>", "")).matches());
    }
  }

  @Test
  void noLibraryOfOthersIsASnapshot() throws IOException {
    for (Path pom : poms()) {
      String text = Files.readString(pom).replace("0.1.0-SNAPSHOT", "own");
      assertThat(text).as("%s", pom).doesNotContain("SNAPSHOT");
    }
  }
}
