package io.carillon.acceptance.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.acceptance.harness.Carillon;
import io.carillon.acceptance.harness.ProcessServer;
import io.carillon.client.CarillonException;
import io.carillon.client.CarillonServer;
import io.carillon.client.Outgoing;
import io.carillon.client.Retry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * A server on a data folder of its own, with one application whose channels are archived, that can
 * be killed and started again at its address. Confined to the test's thread, but for publishing,
 * which is guarded by this.
 */
final class ArchivedServer implements AutoCloseable {
  static final String KEY = "worker-key";
  static final String SECRET = "worker-secret";
  private static final int ATTEMPTS_MAX = 200;
  private static final long PAUSE_NANOS = 300_000_000;

  private final Path folder;
  private ProcessServer server;
  private final URI url;

  ArchivedServer() {
    try {
      folder = Files.createTempDirectory("carillon-worker");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server = start("0");
    url = server.url();
    archiveAll();
  }

  private ProcessServer start(String port) {
    Map<String, String> settings = new HashMap<>();
    settings.put("CARILLON_PORT", port);
    settings.put("CARILLON_DATA", folder.toString());
    settings.put("CARILLON_BOOTSTRAP_APPS", "4711:" + KEY + ":" + SECRET);
    return ProcessServer.start(settings);
  }

  private void archiveAll() {
    String login = Base64.getEncoder().encodeToString((KEY + ":" + SECRET).getBytes(UTF_8));
    HttpRequest request =
        HttpRequest.newBuilder(url.resolve("/v1/rules/orders"))
            .header("Authorization", "Basic " + login)
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString("{\"historyDays\":1}"))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> made = client.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(made.statusCode()).as("%s", made.body()).isEqualTo(201);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  String url() {
    return url.toString();
  }

  /**
   * As a crash does it, with a new start behind it. Not while something is being published: what
   * was handed out and not acknowledged is sent again by its publisher, and then comes again.
   */
  synchronized void killAndStart() {
    server.kill();
    server = start(String.valueOf(url.getPort()));
  }

  /** The data folder. */
  Path folder() {
    return folder;
  }

  /** In good order, its database with it. */
  synchronized void stop() {
    server.close();
  }

  /** Publishes these numbers in their order, for as long as it takes. */
  synchronized void publish(int from, int to) {
    CarillonServer backend = CarillonServer.of(url.toString(), KEY, SECRET);
    List<Outgoing> batch =
        IntStream.rangeClosed(from, to)
            .mapToObj(i -> Outgoing.of("n", i).to("orders").withId("order-" + i))
            .toList();
    for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
      try {
        if (backend.publishAll(batch).stream().allMatch(result -> result.error().isEmpty())) {
          return;
        }
      } catch (CarillonException e) {
        assertThat(e.retry()).as("%s", e).isNotEqualTo(Retry.NO);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    throw new AssertionError("could not publish " + from + " to " + to);
  }

  @Override
  public void close() {
    server.close();
    Carillon.deleteFolder(folder);
  }
}
