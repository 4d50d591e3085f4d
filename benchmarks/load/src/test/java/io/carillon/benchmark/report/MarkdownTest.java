package io.carillon.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.benchmark.profile.Profile;
import io.carillon.benchmark.scenario.Figures;
import io.carillon.benchmark.scenario.Metric;
import io.carillon.benchmark.scenario.Scenario;
import io.carillon.benchmark.scenario.Scenarios;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarkdownTest {
  private static final Scenario SCENARIO = Scenarios.all().getFirst();

  private final Results results = new Results();

  @TempDir Path folder;

  private Profile system(String name) throws IOException {
    Path file = folder.resolve(name + ".properties");
    Files.writeString(file, "title = " + name + "\nws.path = /\n");
    return Profile.read(file);
  }

  private void run(Profile system, double deliveries, String... marks) {
    results.add(
        SCENARIO,
        system,
        new Figures(Map.of(Metric.DELIVERIES_PER_CPU_SECOND, deliveries), List.of(marks)));
  }

  @Test
  void tellsMediansSpreadsRatiosAndDoubts() throws IOException {
    Profile ours = system("ours");
    Profile theirs = system("theirs");
    run(ours, 4_000_000);
    run(ours, 4_400_000);
    run(ours, 4_200_000);
    run(theirs, 500_000, "others used 0.50 of a core");
    results.failed(SCENARIO, system("broken"), "did not start");

    assertThat(Markdown.of(results, Map.of("machine", "two cores")))
        .contains("- machine: two cores")
        .contains("| ours | 3 | 1.00× | 4,200,000 (10 %) |")
        .contains("| theirs | 1 (!) | 8.40× | 500,000 (0 %) |")
        .contains("- (!) theirs: others used 0.50 of a core")
        .contains("- broken failed: did not start");
  }

  @Test
  void writesAPictureAndEveryRun() throws IOException {
    run(system("ours <&>"), 12.5);

    Path report = new ReportFolder(folder.resolve("out")).write(results, Map.of());

    assertThat(report).exists();
    assertThat(report.resolveSibling(SCENARIO.name() + ".svg"))
        .content()
        .contains("ours &lt;&amp;>")
        .endsWith("</svg>\n");
    assertThat(report.resolveSibling("runs.tsv"))
        .content()
        .contains("\t1\tdeliveries per server CPU second\t12.500\t");
  }
}
