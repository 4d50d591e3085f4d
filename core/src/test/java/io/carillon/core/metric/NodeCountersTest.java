package io.carillon.core.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.carillon.core.error.ErrorCode;
import io.carillon.core.metric.HttpCounters.Route;
import io.carillon.core.metric.NodeCounters.Door;
import io.carillon.core.metric.Readings.Distribution;
import io.carillon.core.metric.Readings.Figure;
import io.carillon.core.model.Client.Protocol;
import io.carillon.core.model.SlowPolicy;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeCountersTest {
  private final NodeCounters counters = new NodeCounters();

  private List<Readings.Sample> read(Metric metric) {
    Readings readings = new Readings();
    counters.read(readings);
    return readings.all().getOrDefault(metric, List.of());
  }

  private static Figure number(double value, String... labels) {
    return new Figure(List.of(labels), value);
  }

  @Test
  void connectionsAreThoseThatHaveNotEnded() {
    counters.opened(Protocol.CARILLON);
    counters.opened(Protocol.CARILLON);
    counters.opened(Protocol.PUSHER);
    counters.ended(Protocol.CARILLON, NodeCounters.NORMAL);

    assertThat(read(Metric.CONNECTIONS))
        .contains(number(1, "carillon", "websocket"), number(1, "pusher", "websocket"))
        .contains(number(0, "carillon", "sse"));
    assertThat(read(Metric.CONNECTIONS_OPENED_TOTAL)).contains(number(2, "carillon", "websocket"));
    assertThat(read(Metric.CONNECTIONS_CLOSED_TOTAL))
        .containsExactly(number(1, "carillon", "websocket", "1000"));
  }

  @Test
  void closeCodesThatClientsMakeUpAreOneLabel() {
    counters.ended(Protocol.PUSHER, 4999);
    counters.ended(Protocol.PUSHER, 3000);
    counters.ended(Protocol.PUSHER, 4201);
    counters.ended(Protocol.PUSHER, NodeCounters.CUT);

    assertThat(read(Metric.CONNECTIONS_CLOSED_TOTAL))
        .containsExactly(
            number(2, "pusher", "websocket", "other"),
            number(1, "pusher", "websocket", "1006"),
            number(1, "pusher", "websocket", "4201"));
  }

  @Test
  void refusalsHaveADoorAndACode() {
    counters.refused(Door.REST, ErrorCode.MESSAGE_RATE);
    counters.refused(Door.REST, ErrorCode.MESSAGE_RATE);
    counters.refused(Door.CONNECT, ErrorCode.APP_UNKNOWN);

    assertThat(read(Metric.REFUSALS_TOTAL))
        .containsExactly(
            number(1, "connect", ErrorCode.APP_UNKNOWN.slug()),
            number(2, "rest", ErrorCode.MESSAGE_RATE.slug()));
  }

  @Test
  void publicationsAndSlowReaders() {
    counters.published(false, 100);
    counters.published(true, 100);
    counters.tooSlow(SlowPolicy.DROP_OLDEST, 7);

    assertThat(read(Metric.PUBLICATIONS_TOTAL))
        .containsExactly(number(1, "accepted"), number(1, "duplicate"));
    assertThat(read(Metric.PUBLISHED_BYTES_TOTAL)).containsExactly(number(100));
    assertThat(read(Metric.SLOW_CONSUMER_DROPPED_TOTAL)).contains(number(7, "drop-oldest"));
  }

  @Test
  void aHistogramPutsEachInItsStep() {
    Histogram histogram = new Histogram();
    histogram.record(100_000);
    histogram.record(100_001);
    histogram.record(60_000_000_000L);
    histogram.record(-5);

    Histogram.Snapshot read = histogram.snapshot();
    assertThat(read.counts()[0]).isEqualTo(2);
    assertThat(read.counts()[1]).isEqualTo(1);
    assertThat(read.counts()[read.counts().length - 1]).isEqualTo(1);
    assertThat(read.count()).isEqualTo(4);
    assertThat(read.sumSeconds()).isBetween(60.0, 60.001);
    assertThat(Histogram.upperSeconds()).hasSize(read.counts().length).isSorted();
  }

  @Test
  void readingsHaveTheLabelsOfTheirMetric() {
    Readings readings = new Readings();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> readings.add(Metric.CONNECTIONS, 1, "carillon"))
        .withMessageContaining("expected: [protocol, transport]");
    readings.add(Metric.HTTP_REQUEST_SECONDS, new Histogram(), "publish");
    assertThat(readings.all().get(Metric.HTTP_REQUEST_SECONDS))
        .first()
        .isInstanceOf(Distribution.class);
  }

  @Test
  void talliesDoNotGrowWithoutAnEnd() {
    Tallies<Integer> tallies = new Tallies<>();
    for (int i = 0; i < 2 * Tallies.KEYS_MAX; i++) {
      tallies.add(i);
    }
    tallies.add(0);

    assertThat(tallies.read()).hasSize(Tallies.KEYS_MAX).containsEntry(0, 2L);
  }

  @Test
  void routesAreFew() {
    assertThat(Route.of("/v1/channels/chat/messages", true)).isEqualTo(Route.PUBLISH);
    assertThat(Route.of("/v1/channels/chat/messages", false)).isEqualTo(Route.CHANNELS);
    assertThat(Route.of("/v1/messages", true)).isEqualTo(Route.PUBLISH);
    assertThat(Route.of("/v1/console/session", true)).isEqualTo(Route.CONSOLE);
    assertThat(Route.of("/apps/7/events", true)).isEqualTo(Route.PUSHER_EVENTS);
    assertThat(Route.of("/apps/7/batch_events", true)).isEqualTo(Route.PUSHER_EVENTS);
    assertThat(Route.of("/apps/7/channels", false)).isEqualTo(Route.PUSHER);
    assertThat(Route.of("/health/readiness", false)).isEqualTo(Route.HEALTH);
    assertThat(Route.of("/healthy", false)).isEqualTo(Route.PAGES);
    assertThat(Route.of("/metrics", false)).isEqualTo(Route.METRICS);
    assertThat(Route.of("/../../etc/passwd", false)).isEqualTo(Route.PAGES);
  }
}
