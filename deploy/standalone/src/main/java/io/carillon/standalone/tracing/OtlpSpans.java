package io.carillon.standalone.tracing;

import io.carillon.core.config.CarillonConfig;
import io.carillon.core.span.Span;
import io.carillon.core.span.Spans;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends spans to a collector by OTLP over HTTP, some seconds behind and many at a time. What comes
 * while {@link #QUEUE_MAX} wait is left out: a collector that is away holds up nobody. Thread-safe.
 */
final class OtlpSpans implements Spans, AutoCloseable {
  private static final int QUEUE_MAX = 4_096;
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final long LAST_SECONDS_MAX = 2;
  private static final String PARENT = "traceparent";

  private static final TextMapGetter<String> TRACEPARENT =
      new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(String carrier) {
          return List.of(PARENT);
        }

        @Override
        public @Nullable String get(@Nullable String carrier, String key) {
          return key.equals(PARENT) ? carrier : null;
        }
      };

  private final SdkTracerProvider provider;
  private final Tracer tracer;

  OtlpSpans(CarillonConfig.Tracing settings, String version) {
    OtlpHttpSpanExporter exporter =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(settings.endpoint() + "/v1/traces")
            .setTimeout(TIMEOUT)
            .build();
    this.provider =
        SdkTracerProvider.builder()
            .setResource(
                Resource.create(
                    Attributes.builder()
                        .put("service.name", "carillon")
                        .put("service.version", version)
                        .put("service.instance.id", UUID.randomUUID().toString())
                        .build()))
            .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(settings.ratio())))
            .addSpanProcessor(
                BatchSpanProcessor.builder(new ToldExporter(exporter))
                    .setMaxQueueSize(QUEUE_MAX)
                    .setScheduleDelay(Duration.ofSeconds(1))
                    .setExporterTimeout(TIMEOUT)
                    .build())
            .build();
    this.tracer = provider.get("io.carillon");
  }

  @Override
  public Span begin(String name, Kind kind, @Nullable String parent) {
    SpanBuilder builder =
        tracer
            .spanBuilder(name)
            .setSpanKind(
                switch (kind) {
                  case SERVER -> SpanKind.SERVER;
                  case CLIENT -> SpanKind.CLIENT;
                  case INTERNAL -> SpanKind.INTERNAL;
                });
    if (parent == null) {
      builder.setNoParent();
    } else {
      builder.setParent(
          W3CTraceContextPropagator.getInstance().extract(Context.root(), parent, TRACEPARENT));
    }
    return new OtlpSpan(builder.startSpan());
  }

  /** What has ended goes out, if there is somebody to take it. */
  @Override
  public void close() {
    provider.shutdown().join(LAST_SECONDS_MAX, TimeUnit.SECONDS);
  }
}
