package io.carillon.standalone.metrics;

import io.carillon.core.metric.Histogram;
import io.carillon.core.metric.Metric;
import io.carillon.core.metric.Readings;
import io.carillon.core.metric.Readings.Distribution;
import io.carillon.core.metric.Readings.Figure;
import io.carillon.core.metric.Readings.Sample;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Reads all sources and writes what they say in Prometheus' text format. Thread-safe: one scrape at
 * a time. Nothing of the library is loaded before the first one.
 */
public final class Exposition {
  static final String MEDIA_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

  private static final double NANOS_PER_SECOND = 1e9;
  private static final double[] UPPER_SECONDS = Histogram.upperSeconds();

  private final List<Readings.Source> sources;
  private final PrometheusRegistry jvm = new PrometheusRegistry();
  private final PrometheusTextFormatWriter writer =
      PrometheusTextFormatWriter.builder().setIncludeCreatedTimestamps(false).build();

  /** For these sources, and the JVM. */
  public Exposition(List<Readings.Source> sources) {
    this.sources = List.copyOf(sources);
    JvmMetrics.builder().register(jvm);
  }

  /** The page of this moment. */
  public synchronized byte[] scrape() {
    long begun = System.nanoTime();
    Readings readings = new Readings();
    sources.forEach(source -> source.read(readings));
    MetricSnapshots ofJvm = jvm.scrape(name -> Catalogued.has(name));
    readings.add(Metric.SCRAPE_SECONDS, (System.nanoTime() - begun) / NANOS_PER_SECOND);
    MetricSnapshots.Builder all = MetricSnapshots.builder();
    readings.all().forEach((metric, samples) -> all.metricSnapshot(snapshot(metric, samples)));
    ofJvm.forEach(all::metricSnapshot);
    ByteArrayOutputStream page = new ByteArrayOutputStream(32 * 1024);
    try {
      writer.write(page, all.build());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return page.toByteArray();
  }

  private static MetricSnapshot snapshot(Metric metric, List<Sample> samples) {
    MetricMetadata metadata = new MetricMetadata(Catalogued.nameOf(metric), metric.help());
    return switch (metric.type()) {
      case COUNTER ->
          new CounterSnapshot(
              metadata,
              samples.stream()
                  .map(it -> new CounterDataPointSnapshot(value(it), labels(metric, it), null, 0))
                  .toList());
      case GAUGE ->
          new GaugeSnapshot(
              metadata,
              samples.stream()
                  .map(it -> new GaugeDataPointSnapshot(value(it), labels(metric, it), null))
                  .toList());
      case HISTOGRAM ->
          new HistogramSnapshot(
              metadata,
              samples.stream()
                  .map(it -> distribution(labels(metric, it), (Distribution) it))
                  .toList());
      case INFO ->
          new InfoSnapshot(
              metadata,
              samples.stream().map(it -> new InfoDataPointSnapshot(labels(metric, it))).toList());
      case SUMMARY ->
          throw new IllegalStateException(metric + " (expected: one that the JVM's part writes)");
    };
  }

  private static double value(Sample sample) {
    return ((Figure) sample).value();
  }

  private static Labels labels(Metric metric, Sample sample) {
    return Labels.of(metric.labels(), sample.labels());
  }

  private static HistogramDataPointSnapshot distribution(Labels labels, Distribution sample) {
    return new HistogramDataPointSnapshot(
        ClassicHistogramBuckets.of(UPPER_SECONDS, sample.snapshot().counts()),
        sample.snapshot().sumSeconds(),
        labels,
        null,
        0);
  }
}
