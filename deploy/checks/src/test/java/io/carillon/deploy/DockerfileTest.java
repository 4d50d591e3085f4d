package io.carillon.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a linter of Dockerfiles would say of ours, by the rules that matter here. */
class DockerfileTest {
  private static final Path ROOT = Path.of("..", "..");
  private static final Path FILE = ROOT.resolve("deploy/docker/Dockerfile");

  /** Instructions, each on one line. */
  private static List<String> instructions() throws IOException {
    List<String> instructions = new ArrayList<>();
    StringBuilder open = new StringBuilder();
    for (String line : Files.readAllLines(FILE)) {
      if (line.startsWith("#") || line.isBlank()) {
        continue;
      }
      if (line.endsWith("\\")) {
        open.append(line, 0, line.length() - 1);
      } else {
        instructions.add(open.append(line).toString());
        open.setLength(0);
      }
    }
    assertThat(open.toString()).isEmpty();
    return instructions;
  }

  private static List<String> ofLastStage(String word) throws IOException {
    List<String> all = instructions();
    int from = 0;
    for (int i = 0; i < all.size(); i++) {
      from = all.get(i).startsWith("FROM ") ? i : from;
    }
    return all.subList(from, all.size()).stream()
        .filter(each -> each.startsWith(word + " "))
        .toList();
  }

  @Test
  void basesAreNamedWithTheirVersion() throws IOException {
    Set<String> stages = new HashSet<>();
    for (String from : instructions().stream().filter(each -> each.startsWith("FROM ")).toList()) {
      String[] words = from.split(" ", -1);
      if (!stages.contains(words[1])) {
        assertThat(words[1]).contains(":").doesNotEndWith(":latest");
      }
      if (words.length == 4) {
        stages.add(words[3]);
      }
    }
  }

  @Test
  void itRunsAsANumberThatIsNotRoots() throws IOException {
    assertThat(ofLastStage("USER")).last().asString().matches("USER [1-9][0-9]*:[1-9][0-9]*");
  }

  @Test
  void signalsReachTheServer() throws IOException {
    assertThat(ofLastStage("ENTRYPOINT"))
        .singleElement()
        .asString()
        .startsWith("ENTRYPOINT [\"java\"");
    assertThat(ofLastStage("STOPSIGNAL")).containsExactly("STOPSIGNAL SIGTERM");
  }

  @Test
  void itSaysHowItIs() throws IOException {
    assertThat(ofLastStage("HEALTHCHECK")).singleElement().asString().contains("CMD [");
    assertThat(Files.isExecutable(FILE.resolveSibling("healthy"))).isTrue();
  }

  @Test
  void whatIsCopiedIsThereAndNotIgnored() throws IOException {
    List<String> ignored = Files.readAllLines(ROOT.resolve(".dockerignore"));
    for (String copy :
        instructions().stream()
            .filter(each -> each.startsWith("COPY --from=build /source"))
            .toList()) {
      for (String word : copy.split(" ", -1)) {
        if (word.startsWith("/source/") && !word.contains("/target/")) {
          String path = word.substring("/source/".length());
          assertThat(ROOT.resolve(path)).exists();
          assertThat(ignored).noneMatch(each -> path.startsWith(each));
        }
      }
    }
  }

  @Test
  void secretsAndWhatWasBuiltStayOutside() throws IOException {
    assertThat(Files.readAllLines(ROOT.resolve(".dockerignore")))
        .contains(".git", "data", "**/target", "**/node_modules", "**/.env");
  }
}
