package io.carillon.core.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MetricsDocumentTest {
  private static final Path PAGE = Path.of("..", "docs", "metrics.md");

  @Test
  void thePageSaysWhatTheCatalogueSays() throws IOException {
    if (Boolean.getBoolean("carillon.docs.write")) {
      Files.writeString(PAGE, MetricsDocument.render());
    }

    assertThat(Files.readString(PAGE))
        .as("rewrite it with -Dcarillon.docs.write=true")
        .isEqualTo(MetricsDocument.render());
  }

  @Test
  void namesSayTheUnitAndWhatCounts() {
    for (Metric metric : Metric.values()) {
      String name = metric.metricName();
      assertThat(name).matches("[a-z][a-z0-9_]*[a-z0-9]");
      assertThat(name.endsWith("_total")).isEqualTo(metric.type() == Metric.Type.COUNTER);
      if (metric.type() == Metric.Type.HISTOGRAM || metric.type() == Metric.Type.SUMMARY) {
        assertThat(metric.unit()).as(name).isEqualTo("seconds");
      }
      assertThat(metric.help()).endsWith(".");
      assertThat(metric.labels())
          .as("labels with tenants' values, or without an end")
          .doesNotContain("app", "tenant", "team", "key", "channel", "user", "address", "path");
    }
  }
}
