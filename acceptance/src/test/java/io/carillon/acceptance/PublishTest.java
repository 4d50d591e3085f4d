package io.carillon.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.acceptance.harness.Frame;
import io.carillon.acceptance.harness.Json;
import io.carillon.acceptance.harness.RawSocket;
import io.carillon.acceptance.harness.SignedRest.Answer;
import io.carillon.acceptance.harness.TestApp;
import io.carillon.acceptance.harness.WithCarillon;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines 12 and 13 of the conformance list. */
@WithCarillon
class PublishTest {
  private static final String TOO_LARGE =
      "The data content of this event exceeds the allowed maximum (10240 bytes)";

  @ParameterizedTest
  @ValueSource(ints = {1, 100})
  void upTo100ChannelsGetTheEvent(int count, TestApp app) {
    List<String> channels = channels(count);
    RawSocket socket = app.connect();
    channels.forEach(channel -> app.subscribe(socket, channel));

    Answer answer = trigger(app, channels, "x");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{}");
    channels.forEach(channel -> socket.await("greeting", channel));
  }

  @Test
  void of101ChannelsNoneGetsTheEvent(TestApp app) {
    RawSocket socket = app.subscriber("channel-1");

    Answer answer = trigger(app, channels(101), "x");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("100");
    app.rest().publish("channel-1", "marker", "");
    socket.await("marker");
    assertThat(socket.heard("greeting")).isEmpty();
  }

  @Test
  void aSingleChannelMayBeNamedByItself(TestApp app) {
    RawSocket socket = app.subscriber("news");

    Answer answer =
        app.rest().post("/events", Json.object("name", "greeting", "channel", "news", "data", "x"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(socket.await("greeting", "news").text()).isEqualTo("x");
  }

  @Test
  void messagesArriveInTheOrderInWhichTheyWereAcknowledged(TestApp app) {
    RawSocket socket = app.subscriber("news");

    for (int i = 0; i < 50; i++) {
      app.rest().publish("news", "n", String.valueOf(i));
    }
    app.rest().publish("news", "marker", "");

    socket.await("marker");
    assertThat(socket.heard("n"))
        .extracting(Frame::text)
        .containsExactlyElementsOf(IntStream.range(0, 50).mapToObj(String::valueOf).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"d", "é", "€", "\"", "\\", "\u0001", "😀"})
  void dataOf10240BytesIsDeliveredAsItWasSent(String character, TestApp app) {
    RawSocket socket = app.subscriber("news");
    int bytes = character.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
    String data = character.repeat(10_240 / bytes);

    assertThat(app.rest().publish("news", "large", data).status()).isEqualTo(200);

    assertThat(socket.await("large").text()).isEqualTo(data);
  }

  @ParameterizedTest
  @ValueSource(strings = {"d", "é"})
  void dataOfMoreThan10240BytesIsRefusedWith413(String character, TestApp app) {
    RawSocket socket = app.subscriber("news");
    int bytes = character.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;

    Answer answer = app.rest().publish("news", "large", character.repeat(10_240 / bytes + 1));

    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.body()).contains(TOO_LARGE);
    assertThat(answer.headers().get("content-type")).startsWith("text/plain");
    app.rest().publish("news", "marker", "");
    socket.await("marker");
    assertThat(socket.heard("large")).isEmpty();
  }

  @Test
  void aBatchOf10IsDeliveredAndOneOf11IsNot(TestApp app) {
    RawSocket socket = app.subscriber("news");

    assertThat(batch(app, 11).status()).isEqualTo(400);
    Answer answer = batch(app, 10);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{}");
    for (int i = 0; i < 10; i++) {
      socket.await("n-" + i, "news");
    }
    assertThat(socket.heard("n-0")).hasSize(1);
  }

  @Test
  void aBatchWithOneEventTooLargeIsRefusedWith413(TestApp app) {
    List<Map<String, Object>> batch =
        List.of(
            Json.map("name", "a", "channel", "news", "data", "x"),
            Json.map("name", "b", "channel", "news", "data", "d".repeat(10_241)));

    assertThat(app.rest().post("/batch_events", Json.object("batch", batch)).status())
        .isEqualTo(413);
  }

  @Test
  void aBatchAnswersTheAttributesInItsOrder(TestApp app) {
    app.subscriber("news");
    app.member("presence-room", "ann");
    List<Map<String, Object>> batch =
        List.of(
            Json.map("name", "a", "channel", "news", "data", "", "info", "subscription_count"),
            Json.map("name", "b", "channel", "presence-room", "data", "", "info", "user_count"),
            Json.map("name", "c", "channel", "other", "data", ""));

    Answer answer = app.rest().post("/batch_events", Json.object("batch", batch));

    assertThat(answer.json().toString())
        .isEqualTo("{\"batch\":[{\"subscription_count\":1},{\"user_count\":1},{}]}");
  }

  @Test
  void theSocketThatIsNamedIsLeftOut(TestApp app) {
    RawSocket excluded = app.subscriber("news");
    RawSocket other = app.subscriber("news");

    Answer answer = app.rest().publish("news", "greeting", "x", "socket_id", excluded.socketId());
    app.rest().publish("news", "marker", "");

    assertThat(answer.status()).isEqualTo(200);
    other.await("greeting");
    excluded.await("marker");
    assertThat(excluded.heard("greeting")).isEmpty();
  }

  @Test
  void theSocketThatABatchItemNamesIsLeftOutOfThatItem(TestApp app) {
    RawSocket excluded = app.subscriber("news");
    List<Map<String, Object>> batch =
        List.of(
            Json.map("name", "a", "channel", "news", "data", "", "socket_id", excluded.socketId()),
            Json.map("name", "b", "channel", "news", "data", ""));

    app.rest().post("/batch_events", Json.object("batch", batch));

    excluded.await("b");
    assertThat(excluded.heard("a")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"channels\":[\"news\"],\"data\":\"x\"}",
        "{\"name\":\"greeting\",\"data\":\"x\"}",
        "{\"name\":\"greeting\",\"channels\":[],\"data\":\"x\"}",
        "{\"name\":\"greeting\",\"channels\":[\"news\"]}",
        "{\"name\":\"\",\"channels\":[\"news\"],\"data\":\"x\"}",
        "{\"name\":\"greeting\",\"channels\":[\"a b\"],\"data\":\"x\"}",
        "{\"name\":\"greeting\",\"channels\":[7],\"data\":\"x\"}",
        "{\"name\":\"greeting\",\"channels\":[\"news\"],\"data\":\"x\",\"socket_id\":\"abc\"}",
        "{\"name\":\"pusher:error\",\"channels\":[\"news\"],\"data\":\"x\"}",
        "{\"name\":\"pusher_internal:member_added\",\"channels\":[\"news\"],\"data\":\"x\"}",
        "{\"name\":\"a\",\"channels\":[\"private-encrypted-a\",\"news\"],\"data\":\"x\"}"
      })
  void anEventThatIsNotCompleteIsRefusedWith400(String body, TestApp app) {
    Answer answer = app.rest().post("/events", body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).isNotBlank();
    assertThat(answer.headers().get("content-type")).startsWith("text/plain");
  }

  @Test
  void anEventNameMayHave200CharactersAndNoMore(TestApp app) {
    RawSocket socket = app.subscriber("news");

    assertThat(app.rest().publish("news", "n".repeat(201), "x").status()).isEqualTo(400);
    assertThat(app.rest().publish("news", "n".repeat(200), "x").status()).isEqualTo(200);

    socket.await("n".repeat(200));
  }

  private static List<String> channels(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(i -> "channel-" + i).toList();
  }

  private static Answer trigger(TestApp app, List<String> channels, String data) {
    return app.rest()
        .post("/events", Json.object("name", "greeting", "channels", channels, "data", data));
  }

  private static Answer batch(TestApp app, int count) {
    List<Map<String, Object>> batch = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      batch.add(Json.map("name", "n-" + i, "channel", "news", "data", "x"));
    }
    return app.rest().post("/batch_events", Json.object("batch", batch));
  }
}
