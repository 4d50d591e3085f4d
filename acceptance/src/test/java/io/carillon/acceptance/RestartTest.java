package io.carillon.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.acceptance.harness.Carillon;
import io.carillon.acceptance.harness.CarillonServer;
import io.carillon.acceptance.harness.ProcessServer;
import io.carillon.acceptance.harness.RawSocket;
import io.carillon.acceptance.harness.TestApp;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a server on a data folder of its own knows after its end, clean or not. */
class RestartTest {
  private static final String BOOTSTRAP = "4711:restart-key:restart-secret";
  private static final int RECONNECT_NOW = 4200;

  private Path data = Path.of("");

  @BeforeEach
  void makeFolder() throws Exception {
    data = Files.createTempDirectory("carillon-restart");
  }

  @AfterEach
  void deleteFolder() {
    Carillon.deleteFolder(data);
  }

  @Test
  void aServerThatWasStoppedStillKnowsItsTenantsAndKeys() {
    try (ProcessServer server = start(Map.of("CARILLON_BOOTSTRAP_APPS", BOOTSTRAP))) {
      assertServes(server);
    }

    try (ProcessServer server = start(Map.of())) {
      assertServes(server);
    }
  }

  @Test
  void aServerThatWasKilledStillKnowsItsTenantsAndKeys() {
    ProcessServer killed = start(Map.of("CARILLON_BOOTSTRAP_APPS", BOOTSTRAP));
    assertServes(killed);
    killed.kill();

    try (ProcessServer server = start(Map.of())) {
      assertServes(server);
    }
  }

  @Test
  void aServerThatStopsTellsItsClientsToReconnect() {
    try (ProcessServer server = start(Map.of("CARILLON_BOOTSTRAP_APPS", BOOTSTRAP));
        RawSocket socket = app(server.url()).connect()) {
      server.askToStop();

      assertThat(socket.awaitClose().code()).isEqualTo(RECONNECT_NOW);
    }
  }

  /** As a load balancer does it: nothing new for a server that says that it is about to stop. */
  @Test
  void aServerThatStopsFailsNoRequestOfABalancerThatAsksWhetherItIsReady() throws Exception {
    List<String> failures = Collections.synchronizedList(new ArrayList<>());
    AtomicBoolean ready = new AtomicBoolean(true);
    CountDownLatch underWay = new CountDownLatch(200);
    Map<String, String> settings =
        Map.of("CARILLON_BOOTSTRAP_APPS", BOOTSTRAP, "CARILLON_DRAIN_DELAY_SECONDS", "3");
    try (ProcessServer server = start(settings);
        HttpClient client = HttpClient.newHttpClient();
        ExecutorService publishers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 4; i++) {
        publishers.execute(
            () -> {
              while (ready.get()) {
                failureOf(client, publication(server.url()), 201).ifPresent(failures::add);
                underWay.countDown();
              }
            });
      }
      assertThat(underWay.await(60, TimeUnit.SECONDS)).isTrue();

      server.askToStop();
      HttpRequest readiness =
          HttpRequest.newBuilder(server.url().resolve("/health/readiness")).build();
      while (failureOf(client, readiness, 200).isEmpty()) {
        Thread.onSpinWait();
      }
      assertThat(failureOf(client, readiness, 503)).isEmpty();
      ready.set(false);
    }
    assertThat(failures).isEmpty();
  }

  private static HttpRequest publication(URI url) {
    String login = Base64.getEncoder().encodeToString("restart-key:restart-secret".getBytes(UTF_8));
    return HttpRequest.newBuilder(url.resolve("/v1/channels/room/messages"))
        .header("Authorization", "Basic " + login)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"n\",\"data\":1}"))
        .build();
  }

  private static Optional<String> failureOf(HttpClient client, HttpRequest request, int expected) {
    try {
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      return status == expected ? Optional.empty() : Optional.of(String.valueOf(status));
    } catch (IOException e) {
      return Optional.of(e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of(e.toString());
    }
  }

  private ProcessServer start(Map<String, String> settings) {
    Map<String, String> environment = new HashMap<>(settings);
    environment.put("CARILLON_DATA", data.toString());
    environment.put("CARILLON_DEMO_APP", "false");
    return ProcessServer.start(environment);
  }

  private static void assertServes(CarillonServer server) {
    try (TestApp app = app(server.url())) {
      RawSocket socket = app.subscriber("private-news");

      assertThat(app.rest().publish("private-news", "greeting", "x").status()).isEqualTo(200);

      socket.await("greeting");
    }
  }

  private static TestApp app(URI url) {
    return new TestApp(url, "4711", "restart-key", "restart-secret");
  }
}
