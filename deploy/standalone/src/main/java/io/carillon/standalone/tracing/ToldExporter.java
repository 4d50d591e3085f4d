package io.carillon.standalone.tracing;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in our own log, once, that a collector takes nothing, and that it does again; the library
 * would say it each time, past the log. Thread-safe.
 */
final class ToldExporter implements SpanExporter {
  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(ToldExporter.class);

  /** Kept, since the JDK lets go of loggers and their levels that nobody has. */
  private static final Logger LIBRARY = Logger.getLogger("io.opentelemetry");

  private final SpanExporter exporter;
  private final AtomicBoolean failing = new AtomicBoolean();

  ToldExporter(SpanExporter exporter) {
    this.exporter = exporter;
    LIBRARY.setLevel(Level.OFF);
  }

  @Override
  public CompletableResultCode export(Collection<SpanData> spans) {
    CompletableResultCode result = exporter.export(spans);
    return result.whenComplete(() -> told(result.isSuccess()));
  }

  private void told(boolean success) {
    if (failing.getAndSet(!success) == success) {
      if (success) {
        LOG.info("The collector of traces takes spans again");
      } else {
        LOG.warn("The collector of traces takes no spans; they are left out");
      }
    }
  }

  @Override
  public CompletableResultCode flush() {
    return exporter.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return exporter.shutdown();
  }
}
