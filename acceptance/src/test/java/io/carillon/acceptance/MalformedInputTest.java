package io.carillon.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.acceptance.harness.RawSocket;
import io.carillon.acceptance.harness.SignedRest.Answer;
import io.carillon.acceptance.harness.TestApp;
import io.carillon.acceptance.harness.WithCarillon;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no message or no request: a clear answer, and nobody else notices. */
@WithCarillon
class MalformedInputTest {
  private static final String DEEP = "[".repeat(10_000) + "]".repeat(10_000);
  private static final int TOO_BIG = 1009;
  private static final int UNSUPPORTED_DATA = 1003;

  static Stream<String> malformedMessages() {
    return Stream.of(
        "",
        "not json",
        "{",
        "[]",
        "7",
        "null",
        "\"text\"",
        "{}",
        "{\"event\":null,\"data\":{}}",
        "{\"event\":\"pusher:subscribe\"}",
        "{\"event\":\"pusher:subscribe\",\"data\":null}",
        "{\"event\":\"pusher:subscribe\",\"data\":{}}",
        "{\"event\":\"pusher:subscribe\",\"data\":[]}",
        "{\"event\":\"pusher:subscribe\",\"data\":\"not json\"}",
        "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":null}}",
        "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":{}}}",
        "{\"event\":\"pusher:unsubscribe\"}",
        "{\"event\":\"pusher:signin\"}",
        "{\"event\":\"client-x\"}",
        "{\"event\":\"client-x\",\"channel\":7,\"data\":\"\"}",
        "{\"event\":\"pusher:subscribe\",\"data\":" + DEEP + "}",
        DEEP,
        "{\"event\":\"client-x\",\"channel\":\"private-a\",\"data\":" + DEEP + "}");
  }

  @ParameterizedTest
  @MethodSource("malformedMessages")
  void aMalformedMessageIsAnsweredWithAnErrorAndTheSocketStays(String message, TestApp app) {
    RawSocket neighbour = app.subscriber("news");
    RawSocket socket = app.connect();

    socket.send(message);

    assertThat(socket.await("pusher:error").json().at("/data/message").textValue()).isNotBlank();
    socket.assertAlive();
    assertServed(app, neighbour);
  }

  @ParameterizedTest
  @ValueSource(strings = {"no-such-event", "pusher:unknown", "pusher_internal:x", "pusher:pong"})
  void anUnknownEventIsIgnored(String event, TestApp app) {
    RawSocket socket = app.connect();

    socket.sendEvent(event, "x", 1);

    socket.assertAlive();
    assertThat(socket.heard("pusher:error")).isEmpty();
  }

  @Test
  void unsubscribingFromAChannelThatWasNeverJoinedIsIgnored(TestApp app) {
    RawSocket socket = app.connect();

    socket.unsubscribe("news");

    socket.assertAlive();
  }

  @Test
  void dataMayBeAStringThatHoldsTheObject(TestApp app) {
    RawSocket socket = app.connect();

    socket.send("{\"event\":\"pusher:subscribe\",\"data\":\"{\\\"channel\\\":\\\"news\\\"}\"}");

    socket.await("pusher_internal:subscription_succeeded", "news");
  }

  @Test
  void aHugeMessageClosesItsSenderOnly(TestApp app) {
    RawSocket neighbour = app.subscriber("news");
    RawSocket socket = app.connect();

    socket.send("{\"event\":\"client-x\",\"data\":\"" + "d".repeat(300_000) + "\"}");

    assertThat(socket.awaitClose().code()).isEqualTo(TOO_BIG);
    assertServed(app, neighbour);
  }

  @Test
  void aBinaryMessageClosesItsSenderOnly(TestApp app) {
    RawSocket neighbour = app.subscriber("news");
    RawSocket socket = app.connect();

    socket.sendBinary(new byte[] {1, 2, 3});

    assertThat(socket.awaitClose().code()).isEqualTo(UNSUPPORTED_DATA);
    assertServed(app, neighbour);
  }

  static Stream<Arguments> malformedRequests() {
    Stream<String> bodies =
        Stream.of(
            "",
            "garbage",
            "{",
            "[]",
            "7",
            "null",
            "{}",
            "{\"name\":{},\"channels\":{},\"data\":{}}",
            "{\"batch\":7}",
            "{\"batch\":[7]}",
            "{\"batch\":[]}garbage",
            DEEP,
            "{\"name\":\"a\",\"channels\":[\"b\"],\"data\":\"\\ud800\",\"info\":[]}",
            "\u0000");
    return bodies.flatMap(
        body -> Stream.of(Arguments.of("/events", body), Arguments.of("/batch_events", body)));
  }

  @ParameterizedTest
  @MethodSource("malformedRequests")
  void aMalformedRequestIsAnsweredWith4xxInPlainText(String path, String body, TestApp app) {
    assertRefused(app.rest().post(path, body));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/channels/a%20b",
        "/channels/%ff",
        "/channels/a%2Fb/users",
        "/channels//users",
        "/nothing"
      })
  void aPathThatIsNoneIsAnsweredWith4xx(String path, TestApp app) {
    assertRefused(app.rest().get(path));
  }

  @Test
  void aHugeBodyIsAnsweredWith413(TestApp app) {
    Answer answer = app.rest().publish("news", "large", "d".repeat(2_000_000));

    assertThat(answer.status()).isEqualTo(413);
  }

  private static void assertRefused(Answer answer) {
    assertThat(answer.status()).isBetween(400, 499);
    assertThat(answer.body()).isNotBlank();
    assertThat(answer.headers().get("content-type")).startsWith("text/plain");
  }

  private static void assertServed(TestApp app, RawSocket neighbour) {
    app.rest().publish("news", "marker", "");
    neighbour.await("marker");
  }
}
