package io.carillon.standalone.cli;

import io.carillon.standalone.cli.Sequence.Faults;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a load found. Immutable. */
record LoadReport(
    LoadPlan plan, LoadCounters.Counts counts, LoadCounters counters, Faults faults, long gaps) {
  /** Whether all that was acknowledged arrived once and in order, and there was something. */
  boolean isExact() {
    return faults.isNone() && gaps == 0 && counts.acked() > 0;
  }

  private double perSecond(long count) {
    return (double) count / plan.time().seconds();
  }

  /** As an object. */
  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("type", "load");
    fields.put("channels", plan.channels());
    fields.put("subscribers", plan.subscribers());
    fields.put("publishers", plan.publishers());
    fields.put("size", plan.load().size());
    fields.put("seconds", plan.time().seconds());
    fields.put("acked", counts.acked());
    fields.put("ackedPerSecond", perSecond(counts.acked()));
    fields.put("delivered", counts.delivered());
    fields.put("deliveredPerSecond", perSecond(counts.delivered()));
    fields.put("acknowledgementMillis", millis(counters.acknowledgements()));
    fields.put("deliveryMillis", millis(counters.deliveries()));
    fields.put("refused", counters.refusals());
    fields.put("lost", faults.lost());
    fields.put("duplicated", faults.duplicated());
    fields.put("reordered", faults.reordered());
    fields.put("gaps", gaps);
    fields.put("exact", isExact());
    return fields;
  }

  private static Map<String, Double> millis(Latencies latencies) {
    Map<String, Double> millis = new LinkedHashMap<>();
    millis.put("p50", latencies.millis(0.5));
    millis.put("p90", latencies.millis(0.9));
    millis.put("p99", latencies.millis(0.99));
    millis.put("max", latencies.millis(1));
    return millis;
  }

  /** As a table. */
  List<String> lines(Console console) {
    return List.of(
        "",
        console.dim(String.format(Locale.ROOT, "%-18s%14s%14s", "", "total", "per second")),
        String.format(
            Locale.ROOT,
            "%-18s%,14d%,14.0f",
            "published, acked",
            counts.acked(),
            perSecond(counts.acked())),
        String.format(
            Locale.ROOT,
            "%-18s%,14d%,14.0f",
            "delivered",
            counts.delivered(),
            perSecond(counts.delivered())),
        "",
        console.dim(
            String.format(
                Locale.ROOT, "%-18s%10s%10s%10s%10s", "milliseconds", "p50", "p90", "p99", "max")),
        row("acknowledgement", counters.acknowledgements()),
        row("delivery", counters.deliveries()),
        "",
        String.format(
            Locale.ROOT,
            "refused %s   lost %,d   duplicated %,d   reordered %,d   gaps %,d   %s",
            counters.refusals().isEmpty() ? "0" : counters.refusals(),
            faults.lost(),
            faults.duplicated(),
            faults.reordered(),
            gaps,
            console.strong(isExact() ? "exact" : "NOT EXACT")));
  }

  private static String row(String name, Latencies latencies) {
    return String.format(
        Locale.ROOT,
        "%-18s%,10.1f%,10.1f%,10.1f%,10.1f",
        name,
        latencies.millis(0.5),
        latencies.millis(0.9),
        latencies.millis(0.99),
        latencies.millis(1));
  }
}
