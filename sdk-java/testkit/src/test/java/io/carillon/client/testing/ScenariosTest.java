package io.carillon.client.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The conversations that every server of the protocol has to hold, held by the one of the testkit:
 * the same files that the edge and the library for JavaScript replay, and all of them.
 */
final class ScenariosTest {
  private static final Path FOLDER =
      Path.of("..", "..", "docs", "protocol", "vectors", "scenarios");

  static Stream<Arguments> scenarios() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      List<Path> all = files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
      assertThat(all).isNotEmpty();
      return all.stream().flatMap(ScenariosTest::of);
    }
  }

  private static Stream<Arguments> of(Path file) {
    try {
      return new ObjectMapper()
          .readTree(file.toFile())
          .required("scenarios")
          .valueStream()
          .map(each -> Arguments.of(each.required("name").textValue(), each.required("steps")));
    } catch (IOException notThere) {
      throw new java.io.UncheckedIOException(notThere);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("scenarios")
  void isHeld(String name, JsonNode steps) {
    ScenarioPlay play = new ScenarioPlay();
    steps.forEach(play::step);
  }
}
