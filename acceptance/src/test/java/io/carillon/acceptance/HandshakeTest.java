package io.carillon.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.acceptance.harness.Apps;
import io.carillon.acceptance.harness.Deadline;
import io.carillon.acceptance.harness.Frame;
import io.carillon.acceptance.harness.RawSocket;
import io.carillon.acceptance.harness.TestApp;
import io.carillon.acceptance.harness.WithCarillon;
import io.carillon.core.model.AppSettings;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines 1 and 2 of the conformance list, and the close codes of connecting. */
@WithCarillon
class HandshakeTest {
  @ParameterizedTest
  @ValueSource(ints = {5, 6, 7})
  void supportedProtocolsAreWelcomed(int protocol, TestApp app) {
    RawSocket socket = app.open("protocol=" + protocol + "&client=x&version=1&flash=false");

    Frame welcome = socket.await("pusher:connection_established");

    assertThat(welcome.json().get("data").isTextual()).isTrue();
    assertThat(welcome.channel()).isNull();
  }

  @Test
  void theWelcomeHasASocketIdAndAnActivityTimeout(TestApp app) {
    JsonNode welcome = app.open("protocol=7").await("pusher:connection_established").data();

    assertThat(welcome.get("socket_id").textValue()).matches("\\d+\\.\\d+");
    assertThat(welcome.get("activity_timeout").intValue()).isEqualTo(120);
  }

  @Test
  void everyConnectionHasASocketIdOfItsOwn(TestApp app) {
    assertThat(app.connect().socketId()).isNotEqualTo(app.connect().socketId());
  }

  @ParameterizedTest
  @CsvSource({"protocol=3,4007", "protocol=8,4007", "client=x,4008", "protocol=seven,4006"})
  void otherProtocolsAreRefusedWithTheirCode(String query, int code, TestApp app) {
    assertThat(app.open(query).awaitClose().code()).isEqualTo(code);
  }

  @Test
  void anUnknownKeyIsRefusedWith4001(TestApp app) {
    URI unknown = URI.create("ws://" + app.server().getAuthority() + "/app/no-such-key?protocol=7");

    try (RawSocket socket = RawSocket.open(unknown)) {
      assertThat(socket.awaitClose().code()).isEqualTo(4001);
      assertThat(socket.heard("pusher:connection_established")).isEmpty();
    }
  }

  @Test
  void aDisabledAppIsRefusedWith4003(Apps apps) {
    assertThat(apps.makeDisabled().open("protocol=7").awaitClose().code()).isEqualTo(4003);
  }

  @Test
  void oneConnectionMoreThanTheAppMayHaveIsRefusedWith4004(Apps apps) {
    TestApp app = apps.make(new AppSettings.Limits(1, 10_240, 10, 100, 100));
    RawSocket first = app.connect();

    assertThat(app.open("protocol=7").awaitClose().code()).isEqualTo(4004);
    first.assertAlive();
  }

  @Test
  void theConnectionThatWasClosedMakesRoomForAnother(Apps apps) {
    TestApp app = apps.make(new AppSettings.Limits(1, 10_240, 10, 100, 100));

    app.connect().close();

    Deadline.await("room for another connection", () -> isWelcome(app.open("protocol=7")));
  }

  private static boolean isWelcome(RawSocket socket) {
    socket.awaitAnything();
    return !socket.heard("pusher:connection_established").isEmpty();
  }

  @Test
  void aPathWithoutAKeyIsRefused(TestApp app) {
    try (RawSocket socket =
        RawSocket.open(URI.create("ws://" + app.server().getAuthority() + "/app/?protocol=7"))) {
      assertThat(socket.awaitClose().code()).isEqualTo(4005);
    }
  }

  @Test
  void clientsBeforeProtocol6HearTheErrorBeforeTheClose(Apps apps) {
    RawSocket socket = apps.makeDisabled().open("protocol=5");

    JsonNode error = socket.await("pusher:error").json().get("data");

    assertThat(error.get("code").intValue()).isEqualTo(4003);
    assertThat(error.get("message").textValue()).isNotBlank();
    assertThat(socket.awaitClose().code()).isEqualTo(4003);
  }
}
