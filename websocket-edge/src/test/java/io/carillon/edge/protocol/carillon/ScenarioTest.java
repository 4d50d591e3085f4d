package io.carillon.edge.protocol.carillon;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.edge.fixture.Vectors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Holds the conversations of {@code docs/protocol/vectors/scenarios}, each with a fresh server. */
class ScenarioTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TestFactory
  Stream<DynamicTest> conversations() {
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode file : Vectors.all("scenarios")) {
      for (JsonNode scenario : file.get("scenarios")) {
        tests.add(DynamicTest.dynamicTest(scenario.get("name").asText(), () -> hold(scenario)));
      }
    }
    return tests.stream();
  }

  private static void hold(JsonNode scenario) {
    Assertions.assertTimeoutPreemptively(
        PATIENCE,
        () -> {
          try (ScenarioRun run = new ScenarioRun()) {
            int number = 0;
            for (JsonNode step : scenario.get("steps")) {
              number++;
              try {
                run.take(step);
              } catch (AssertionError e) {
                throw new AssertionError("step " + number + " " + step + ": " + e.getMessage(), e);
              }
            }
          }
        });
  }
}
