package io.carillon.benchmark.report;

import io.carillon.benchmark.measure.Spread;
import io.carillon.benchmark.profile.Profile;
import io.carillon.benchmark.scenario.Figures;
import io.carillon.benchmark.scenario.Metric;
import io.carillon.benchmark.scenario.Scenario;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All runs of a report, in the order in which they came. Confined to one thread. */
public final class Results {
  private final Map<Scenario, Map<Profile, List<Figures>>> runs = new LinkedHashMap<>();
  private final Map<Scenario, Map<Profile, String>> failures = new LinkedHashMap<>();

  public void add(Scenario scenario, Profile system, Figures figures) {
    runs.computeIfAbsent(scenario, key -> new LinkedHashMap<>())
        .computeIfAbsent(system, key -> new ArrayList<>())
        .add(figures);
  }

  /** A run that came to nothing. */
  public void failed(Scenario scenario, Profile system, String why) {
    failures.computeIfAbsent(scenario, key -> new LinkedHashMap<>()).put(system, why);
  }

  List<Scenario> scenarios() {
    Set<Scenario> all = new LinkedHashSet<>(runs.keySet());
    all.addAll(failures.keySet());
    return List.copyOf(all);
  }

  List<Profile> systems(Scenario scenario) {
    return List.copyOf(runs.getOrDefault(scenario, Map.of()).keySet());
  }

  List<Figures> runs(Scenario scenario, Profile system) {
    return List.copyOf(runs.getOrDefault(scenario, Map.of()).getOrDefault(system, List.of()));
  }

  Map<Profile, String> failures(Scenario scenario) {
    return failures.getOrDefault(scenario, Map.of());
  }

  /** Every metric that some system has in this scenario, the most important one first. */
  List<Metric> metrics(Scenario scenario) {
    Set<Metric> found = new LinkedHashSet<>();
    for (Profile system : systems(scenario)) {
      runs(scenario, system).forEach(figures -> found.addAll(figures.values().keySet()));
    }
    return found.stream().sorted().toList();
  }

  /** Null when the system has no such figure. */
  @Nullable Spread spread(Scenario scenario, Profile system, Metric metric) {
    double[] values =
        runs(scenario, system).stream()
            .filter(figures -> figures.values().containsKey(metric))
            .mapToDouble(figures -> figures.values().getOrDefault(metric, 0.0))
            .toArray();
    return values.length == 0 ? null : Spread.of(values);
  }
}
