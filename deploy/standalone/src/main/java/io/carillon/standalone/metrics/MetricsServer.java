package io.carillon.standalone.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.carillon.core.config.CarillonConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the figures on a port of their own, by the JDK's server: its threads are not those that it
 * reports about. Thread-safe.
 */
public final class MetricsServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MetricsServer.class);
  private static final String PATH = "/metrics";
  private static final int THREADS = 2;
  private static final int WAITING_MAX = 20;
  private static final int BACKLOG = 20;

  private final HttpServer server;
  private final ExecutorService threads;

  private MetricsServer(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * Listens from now on.
   *
   * @param exposition asked for with each request, so that it is made when the first one comes
   */
  public static MetricsServer start(CarillonConfig.Address at, Supplier<Exposition> exposition)
      throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(at.host(), at.port()), BACKLOG);
    ExecutorService threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            1,
            TimeUnit.MINUTES,
            new LinkedBlockingQueue<>(WAITING_MAX),
            Thread.ofPlatform().daemon().name("carillon-metrics-", 1).factory());
    server.setExecutor(threads);
    server.createContext("/", exchange -> answer(exchange, exposition));
    server.start();
    return new MetricsServer(server, threads);
  }

  /** The port that it listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  private static void answer(HttpExchange exchange, Supplier<Exposition> exposition)
      throws IOException {
    try (exchange) {
      boolean reads = exchange.getRequestMethod().equals("GET");
      if (!exchange.getRequestURI().getPath().equals(PATH) || !reads) {
        send(
            exchange, reads ? 404 : 405, "text/plain", bytes("GET " + PATH + " is all there is\n"));
        return;
      }
      send(exchange, 200, Exposition.MEDIA_TYPE, exposition.get().scrape());
    } catch (RuntimeException e) {
      LOG.error("The figures cannot be read", e);
      throw e;
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
