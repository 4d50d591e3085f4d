package io.carillon.benchmark.scenario;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one run measured. Immutable.
 *
 * @param values by what they are, the most important one first
 * @param marks what makes the run doubtful; none for a good one
 */
public record Figures(Map<Metric, Double> values, List<String> marks) {
  public Figures {
    values = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(values));
    marks = List.copyOf(marks);
  }
}
