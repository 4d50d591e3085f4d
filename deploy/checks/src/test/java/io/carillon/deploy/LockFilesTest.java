package io.carillon.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What npm fetches is named by its content, comes from wherever npm is told to, and may be used.
 */
class LockFilesTest {
  private static final Path ROOT = Path.of("..", "..").normalize();
  private static final Set<String> BUILT = Set.of("node_modules", "target", "dist", "data", ".git");
  private static final String LIBRARY = "node_modules/";

  /** What says no licence in its package.json, and what its LICENSE says. */
  private static final Map<String, String> UNSAID = Map.of("xmlhttprequest-ssl", "MIT");

  /** All libraries of a lock file, by where they are put. */
  private static Map<String, JsonNode> libraries(Path lock) {
    Map<String, JsonNode> libraries = new TreeMap<>();
    Yaml.file(lock)
        .get("packages")
        .properties()
        .forEach(
            each -> {
              if (each.getKey().contains(LIBRARY) && !each.getValue().path("link").asBoolean()) {
                libraries.put(each.getKey(), each.getValue());
              }
            });
    return libraries;
  }

  private static List<Path> locks() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      List<Path> locks =
          files
              .filter(it -> it.endsWith("package-lock.json"))
              .filter(it -> Stream.of(it.toString().split("/", -1)).noneMatch(BUILT::contains))
              .toList();
      assertThat(locks).hasSizeGreaterThan(5);
      return locks;
    }
  }

  @Test
  void eachLibraryIsNamedByItsContentAndByNoAddress() throws IOException {
    for (Path lock : locks()) {
      libraries(lock)
          .forEach(
              (name, library) -> {
                assertThat(library.path("integrity").asText())
                    .as("%s of %s", name, lock)
                    .startsWith("sha512-");
                assertThat(library.has("resolved")).as("%s of %s", name, lock).isFalse();
              });
    }
  }

  @Test
  void licencesLetUsUseThem() throws IOException {
    for (Path lock : locks()) {
      libraries(lock)
          .forEach(
              (name, library) -> {
                String own = name.substring(name.lastIndexOf(LIBRARY) + LIBRARY.length());
                String licence = library.path("license").asText(UNSAID.getOrDefault(own, "none"));
                Set<String> allowed =
                    library.path("dev").asBoolean() ? Licences.TOOLS : Licences.SHIPPED;
                assertThat(Licences.isAllowed(licence, allowed))
                    .as("%s of %s: %s (expected: one of %s)", name, lock, licence, allowed)
                    .isTrue();
              });
    }
  }

  @Test
  void theClientLibraryBringsNoOthers() {
    assertThat(libraries(ROOT.resolve("sdk-js/package-lock.json")).values())
        .allMatch(library -> library.path("dev").asBoolean());
  }
}
