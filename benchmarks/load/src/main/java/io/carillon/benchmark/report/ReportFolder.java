package io.carillon.benchmark.report;

import io.carillon.benchmark.profile.Profile;
import io.carillon.benchmark.scenario.Figures;
import io.carillon.benchmark.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Where a report is written: Markdown, a picture for each scenario, and every run as a table. */
public final class ReportFolder {
  private final Path folder;

  public ReportFolder(Path folder) {
    this.folder = folder;
  }

  /** Writes all of it anew, so that an interrupted measurement leaves what it has. */
  public Path write(Results results, Map<String, String> facts) throws IOException {
    Files.createDirectories(folder);
    for (Scenario scenario : results.scenarios()) {
      if (!results.metrics(scenario).isEmpty()) {
        Files.writeString(folder.resolve(scenario.name() + ".svg"), Plot.of(results, scenario));
      }
    }
    Files.writeString(folder.resolve("runs.tsv"), runs(results));
    return Files.writeString(folder.resolve("report.md"), Markdown.of(results, facts));
  }

  private static String runs(Results results) {
    StringBuilder out = new StringBuilder("scenario\tsystem\trun\tmetric\tvalue\tmarks\n");
    for (Scenario scenario : results.scenarios()) {
      for (Profile system : results.systems(scenario)) {
        List<Figures> runs = results.runs(scenario, system);
        for (int i = 0; i < runs.size(); i++) {
          String begin = scenario.name() + "\t" + system.name() + "\t" + (i + 1) + "\t";
          String end = "\t" + String.join("; ", runs.get(i).marks()) + "\n";
          runs.get(i)
              .values()
              .forEach(
                  (metric, value) ->
                      out.append(begin)
                          .append(metric.title())
                          .append('\t')
                          .append(String.format(Locale.ROOT, "%.3f", value))
                          .append(end));
        }
      }
    }
    return out.toString();
  }
}
