package io.carillon.standalone.tracing;

import io.carillon.core.config.CarillonConfig;
import io.carillon.core.span.Spans;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;

/** Wires the way to a collector, where one is set. Stateless. */
@Factory
@Requires(property = "carillon.tracing", value = "true")
final class TracingFactory {
  @Singleton
  @Bean(
      preDestroy = "close",
      typed = {OtlpSpans.class, Spans.class})
  OtlpSpans spans(CarillonConfig config) {
    CarillonConfig.Tracing settings = config.tracing();
    if (settings == null) {
      throw new IllegalStateException("carillon.tracing (expected: with carillon.otlp-endpoint)");
    }
    String version = TracingFactory.class.getPackage().getImplementationVersion();
    return new OtlpSpans(settings, version == null ? "unknown" : version);
  }
}
