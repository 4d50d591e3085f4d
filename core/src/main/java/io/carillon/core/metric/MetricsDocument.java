package io.carillon.core.metric;

import io.carillon.core.metric.Metric.Room;

/** Renders the catalogue as the page {@code docs/metrics.md}. Stateless. */
public final class MetricsDocument {
  private static final String HEAD =
      """
      # Metrics

      <!-- Rendered from core/src/main/java/io/carillon/core/metric/Metric.java; rewrite with
           mvn -pl core test -Dtest=MetricsDocumentTest -Dcarillon.docs.write=true -->

      A process serves its figures in the text format of Prometheus at `/metrics`:

      - With `carillon.metrics-port` on that port alone, which listens on `carillon.metrics-host`: 127.0.0.1 as
        long as nothing else is said. It has threads of its own, so it answers also when the event loops do not.
      - Without, on the main port, to callers on the same machine only, and only as long as nothing says that a
        proxy stands before the server: not with `carillon.public-url` or `carillon.trusted-proxies` set, and
        not to a request that came by a name of the server or through a proxy. All others are told that there
        is no such page. It is meant for trying things out; set the port where it counts.

      [`deploy/prometheus`](../deploy/prometheus) has a scrape configuration and alert rules,
      [`deploy/grafana`](../deploy/grafana) dashboards, and [the runbooks](runbooks.md) say what to do.

      Counters count since the process began. No label has an application, a channel, a key or an address: the
      number of series is bounded, and what one application uses is [metered](metering.md) instead. Reading
      them asks nobody: neither Redis nor Postgres has work with a scrape.

      Histograms have the steps 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100, 250 and 500 ms and 1, 2.5, 5
      and 10 s.
      """;

  private MetricsDocument() {}

  /** The whole page. */
  public static String render() {
    StringBuilder page = new StringBuilder(HEAD);
    for (Room room : Room.values()) {
      page.append("\n## ").append(room.title()).append("\n\n").append(room.who()).append("\n\n");
      page.append("| metric | type | unit | labels | |\n|---|---|---|---|---|\n");
      for (Metric metric : Metric.values()) {
        if (metric.room() == room) {
          append(page, metric);
        }
      }
    }
    return page.toString();
  }

  private static void append(StringBuilder page, Metric metric) {
    page.append("| `").append(metric.metricName()).append("` | ");
    page.append(metric.type().word()).append(" | ");
    page.append(metric.unit()).append(" | ");
    page.append(
        String.join(", ", metric.labels().stream().map(label -> "`" + label + "`").toList()));
    page.append(" | ").append(metric.help()).append(" |\n");
  }
}
