package io.carillon.acceptance.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;

/** A collector of OpenTelemetry that takes traces by OTLP over HTTP. Thread-safe. */
public final class Collector implements AutoCloseable {
  private final HttpServer server;
  private final List<ResourceSpans> taken = new CopyOnWriteArrayList<>();

  public Collector() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/v1/traces", this::take);
    server.start();
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      String coding = exchange.getRequestHeaders().getFirst("Content-Encoding");
      InputStream body = exchange.getRequestBody();
      taken.addAll(
          ExportTraceServiceRequest.parseFrom(
                  "gzip".equals(coding) ? new GZIPInputStream(body) : body)
              .getResourceSpansList());
      exchange.sendResponseHeaders(200, -1);
    }
  }

  /** Where it listens, without a path. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private List<Span> all() {
    return taken.stream()
        .flatMap(it -> it.getScopeSpansList().stream())
        .flatMap(it -> it.getSpansList().stream())
        .toList();
  }

  /** Those of one trace. */
  public List<Span> of(String trace) {
    return all().stream().filter(it -> hex(it.getTraceId()).equals(trace)).toList();
  }

  /** Waits until it has so many of one trace. */
  public void await(String trace, int count) {
    try {
      Deadline.await("spans of " + trace, () -> of(trace).size() == count);
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + ", but " + all(), e);
    }
  }

  public List<Span> named(String name) {
    return all().stream().filter(it -> it.getName().equals(name)).toList();
  }

  /** The only one of this name in the trace. */
  public Span one(String trace, String name) {
    List<Span> found = of(trace).stream().filter(it -> it.getName().equals(name)).toList();
    assertThat(found).as("%s of %s", name, of(trace)).hasSize(1);
    return found.getFirst();
  }

  /** Who says that it has sent them. */
  public String service() {
    return taken.getFirst().getResource().getAttributesList().stream()
        .filter(it -> it.getKey().equals("service.name"))
        .map(it -> it.getValue().getStringValue())
        .findFirst()
        .orElse("");
  }

  public static String hex(ByteString bytes) {
    return HexFormat.of().formatHex(bytes.toByteArray());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
