package io.carillon.benchmark.report;

import io.carillon.benchmark.measure.Spread;
import io.carillon.benchmark.profile.Profile;
import io.carillon.benchmark.scenario.Figures;
import io.carillon.benchmark.scenario.Metric;
import io.carillon.benchmark.scenario.Scenario;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The report as Markdown: a table for each scenario, with ratios and doubts. Stateless. */
public final class Markdown {
  private Markdown() {}

  /**
   * Writes it.
   *
   * @param facts of machine, versions and settings, by name
   */
  public static String of(Results results, Map<String, String> facts) {
    StringBuilder out = new StringBuilder("# Measurements\n\n");
    facts.forEach(
        (name, value) -> out.append("- ").append(name).append(": ").append(value).append('\n'));
    out.append("\nMedians, in brackets the distance from the smallest to the largest run. ");
    out.append("*Ratio*: how many times better than this system the first one is.\n");
    for (Scenario scenario : results.scenarios()) {
      scenario(out, results, scenario);
    }
    return out.toString();
  }

  private static void scenario(StringBuilder out, Results results, Scenario scenario) {
    out.append("\n## ").append(scenario.title()).append("\n\n");
    List<Metric> metrics = results.metrics(scenario);
    if (!metrics.isEmpty()) {
      table(out, results, scenario, metrics);
      out.append("\n![").append(metrics.getFirst().title()).append("](").append(scenario.name());
      out.append(".svg)\n");
    }
    notes(out, results, scenario);
  }

  private static void table(
      StringBuilder out, Results results, Scenario scenario, List<Metric> metrics) {
    out.append("| system | runs | ratio |");
    metrics.forEach(
        metric -> out.append(' ').append(metric.title()).append(unit(metric)).append(" |"));
    out.append("\n|---|---|---|").append("---|".repeat(metrics.size())).append('\n');
    Metric first = metrics.getFirst();
    Spread base = results.spread(scenario, results.systems(scenario).getFirst(), first);
    for (Profile system : results.systems(scenario)) {
      List<Figures> runs = results.runs(scenario, system);
      out.append("| ").append(system.title()).append(" | ").append(runs.size());
      out.append(doubtful(runs) ? " (!)" : "").append(" | ");
      out.append(ratio(first, base, results.spread(scenario, system, first))).append(" |");
      for (Metric metric : metrics) {
        out.append(' ').append(cell(results.spread(scenario, system, metric))).append(" |");
      }
      out.append('\n');
    }
  }

  private static String unit(Metric metric) {
    return metric.unit().isEmpty() || metric.unit().equals("/s") ? "" : " (" + metric.unit() + ")";
  }

  private static String cell(@org.jspecify.annotations.Nullable Spread spread) {
    return spread == null
        ? ""
        : Numbers.text(spread.median()) + " (" + Numbers.percent(spread.relative()) + ")";
  }

  private static String ratio(
      Metric metric,
      @org.jspecify.annotations.Nullable Spread base,
      @org.jspecify.annotations.Nullable Spread other) {
    if (base == null || other == null || base.median() == 0 || other.median() == 0) {
      return "";
    }
    return Numbers.ratio(
        metric.better() == Metric.Better.MORE
            ? base.median() / other.median()
            : other.median() / base.median());
  }

  private static boolean doubtful(List<Figures> runs) {
    return runs.stream().anyMatch(figures -> !figures.marks().isEmpty());
  }

  private static void notes(StringBuilder out, Results results, Scenario scenario) {
    for (Profile system : results.systems(scenario)) {
      List<String> marks =
          results.runs(scenario, system).stream()
              .flatMap(figures -> figures.marks().stream())
              .filter(Objects::nonNull)
              .distinct()
              .toList();
      if (!marks.isEmpty()) {
        out.append("\n- (!) ").append(system.title()).append(": ").append(String.join("; ", marks));
      }
    }
    results
        .failures(scenario)
        .forEach(
            (system, why) ->
                out.append("\n- ").append(system.title()).append(" failed: ").append(why));
    out.append('\n');
  }
}
