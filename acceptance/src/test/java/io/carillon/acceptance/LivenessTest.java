package io.carillon.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.acceptance.harness.Apps;
import io.carillon.acceptance.harness.Carillon;
import io.carillon.acceptance.harness.CarillonServer;
import io.carillon.acceptance.harness.Deadline;
import io.carillon.acceptance.harness.Frame;
import io.carillon.acceptance.harness.RawSocket;
import io.carillon.acceptance.harness.SilentSocket;
import io.carillon.acceptance.harness.TestApp;
import io.carillon.acceptance.harness.VanishingClient;
import io.carillon.acceptance.harness.WithCarillon;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Lines 3 and 4 of the conformance list. */
@WithCarillon
class LivenessTest {
  private static final Map<String, String> IMPATIENT =
      Map.of(
          "CARILLON_HEARTBEAT_INTERVAL_SECONDS", "1",
          "CARILLON_HEARTBEAT_ACTIVITY_TIMEOUT_SECONDS", "1",
          "CARILLON_HEARTBEAT_PONG_TIMEOUT_SECONDS", "1");

  @Test
  void aPingEventIsAnsweredWithAPongEvent(TestApp app) {
    RawSocket socket = app.connect();

    socket.send("{\"event\":\"pusher:ping\",\"data\":{}}");

    Frame pong = socket.await("pusher:pong");
    assertThat(pong.json().has("data")).isTrue();
    assertThat(pong.json().has("channel")).isFalse();
  }

  @Test
  void aPingEventWithoutDataIsAnsweredToo(TestApp app) {
    RawSocket socket = app.connect();

    socket.send("{\"event\":\"pusher:ping\"}");

    socket.await("pusher:pong");
  }

  @Test
  void aWebSocketPingIsAnsweredWithAPongOfTheSameContent(TestApp app) {
    assertThat(app.connect().ping("are you there")).isEqualTo("are you there");
  }

  @Test
  void aSilentClientIsClosedWith4201AndOneThatAnswersIsNot(Carillon carillon, Apps apps)
      throws IOException {
    try (CarillonServer server = carillon.startAnother(IMPATIENT)) {
      TestApp app = apps.make(server);
      RawSocket answering = app.connect();

      try (SilentSocket silent = SilentSocket.open(app.socketUrl("protocol=7"))) {
        assertThat(silent.readUntilClose()).isEqualTo(4201);
      }

      answering.assertAlive();
    }
  }

  /**
   * Clause 13.6. Its client never answers, so the kernel tried for a quarter of an hour to reach a
   * machine that had gone, and its members stayed as long.
   */
  @Test
  void aStreamWhoseReaderHasVanishedIsEnded(Carillon carillon, Apps apps) {
    try (CarillonServer server = carillon.startAnother(IMPATIENT)) {
      TestApp app = apps.make(server);
      RawSocket other = app.connect();
      try (VanishingClient reader = VanishingClient.connect(server.url())) {
        reader.send(
            "GET /v1/sse?ch=news&key=%s HTTP/1.1\r\nHost: localhost\r\n\r\n".formatted(app.key()));
        reader.await("subbed");
        assertThat(isOccupied(app, "news")).isTrue();

        reader.vanish();

        Deadline.await("end of the stream", () -> !isOccupied(app, "news"));
      }
      other.assertAlive();
    }
  }

  private static boolean isOccupied(TestApp app, String channel) {
    return app.rest().get("/channels/" + channel).json().get("occupied").asBoolean();
  }
}
