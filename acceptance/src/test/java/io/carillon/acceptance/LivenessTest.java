package io.carillon.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.acceptance.harness.Apps;
import io.carillon.acceptance.harness.Carillon;
import io.carillon.acceptance.harness.CarillonServer;
import io.carillon.acceptance.harness.Frame;
import io.carillon.acceptance.harness.RawSocket;
import io.carillon.acceptance.harness.SilentSocket;
import io.carillon.acceptance.harness.TestApp;
import io.carillon.acceptance.harness.WithCarillon;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Lines 3 and 4 of the conformance list. */
@WithCarillon
class LivenessTest {
  private static final Map<String, String> IMPATIENT =
      Map.of(
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
}
