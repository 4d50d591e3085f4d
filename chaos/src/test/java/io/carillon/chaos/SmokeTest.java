package io.carillon.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The suite itself, on real processes, for two cells: so that it does not rot. */
class SmokeTest {
  private static final int SECONDS = 4;
  private static final int STORM_CLIENTS = 50;

  @TempDir Path output;

  @Test
  void twoCellsAreGood() throws Exception {
    Path jar = Path.of(System.getProperty("carillon.jar", "")).normalize();
    Options options =
        new Options(
            1, List.of(Fault.NONE, Fault.EDGE_KILL), 1, SECONDS, STORM_CLIENTS, jar, output);

    Report report = new Suite(options, System.out::println).run();

    assertThat(report.isGood()).as(report.text()).isTrue();
    assertThat(report.text()).contains("| none | 1/1 |", "All promises were kept");
  }
}
