package io.carillon.edge.protocol.carillon;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.edge.fixture.Vectors;
import io.carillon.edge.format.WireFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Holds the conversations of {@code docs/protocol/vectors/scenarios}, each with a fresh server and
 * in every format: clauses 1.7 and 1.8.
 */
class ScenarioTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TestFactory
  Stream<DynamicTest> conversations() {
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode file : Vectors.all("scenarios")) {
      for (JsonNode scenario : file.get("scenarios")) {
        for (WireFormat format : WireFormat.values()) {
          String name = scenario.get("name").asText() + " (" + format + ")";
          tests.add(DynamicTest.dynamicTest(name, () -> hold(scenario, format)));
        }
      }
    }
    return tests.stream();
  }

  private static void hold(JsonNode scenario, WireFormat format) {
    Assertions.assertTimeoutPreemptively(
        PATIENCE,
        () -> {
          try (ScenarioRun run = new ScenarioRun(format)) {
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
