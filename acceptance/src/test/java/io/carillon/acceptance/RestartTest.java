package io.carillon.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.acceptance.harness.Carillon;
import io.carillon.acceptance.harness.CarillonServer;
import io.carillon.acceptance.harness.ProcessServer;
import io.carillon.acceptance.harness.RawSocket;
import io.carillon.acceptance.harness.TestApp;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
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
