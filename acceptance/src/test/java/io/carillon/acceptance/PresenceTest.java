package io.carillon.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.acceptance.harness.Apps;
import io.carillon.acceptance.harness.Frame;
import io.carillon.acceptance.harness.Json;
import io.carillon.acceptance.harness.RawSocket;
import io.carillon.acceptance.harness.TestApp;
import io.carillon.acceptance.harness.WithCarillon;
import io.carillon.core.model.AppSettings.Limits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines 7 and 8 of the conformance list. */
@WithCarillon
class PresenceTest {
  private static final String ROOM = "presence-room";
  private static final String ADDED = "pusher_internal:member_added";
  private static final String REMOVED = "pusher_internal:member_removed";

  @Test
  void aSecondSocketOfAUserAddsNoMember(TestApp app) {
    RawSocket watcher = app.member(ROOM, "watcher");

    app.member(ROOM, "ann");
    RawSocket second = app.connect();
    Frame succeeded = app.subscribe(second, ROOM, Json.object("user_id", "ann"));
    app.member(ROOM, "marker");

    watcher.await(ADDED, frame -> frame.data().path("user_id").asText().equals("marker"));
    assertThat(watcher.heard(ADDED)).hasSize(2);
    JsonNode presence = succeeded.data().get("presence");
    assertThat(presence.get("count").intValue()).isEqualTo(2);
    assertThat(presence.get("ids")).hasSize(2);
  }

  @Test
  void aMemberIsRemovedOnlyWithTheLastSocket(TestApp app) {
    RawSocket watcher = app.member(ROOM, "watcher");
    RawSocket first = app.member(ROOM, "ann");
    RawSocket second = app.member(ROOM, "ann");

    first.unsubscribe(ROOM);
    first.assertAlive();
    app.member(ROOM, "marker");
    watcher.await(ADDED, frame -> frame.data().path("user_id").asText().equals("marker"));
    assertThat(watcher.heard(REMOVED)).isEmpty();
    second.close();

    Frame removed = watcher.await(REMOVED, ROOM);
    assertThat(removed.data().toString()).isEqualTo("{\"user_id\":\"ann\"}");
    assertThat(watcher.heard(REMOVED)).hasSize(1);
  }

  @Test
  void aMemberIsAddedWithItsInfoAndHearsNothingOfItself(TestApp app) {
    RawSocket watcher = app.member(ROOM, "watcher");
    RawSocket ann = app.connect();

    app.subscribe(
        ann, ROOM, Json.object("user_id", "ann", "user_info", Json.map("name", "Ann", "n", 1)));

    assertThat(watcher.await(ADDED, ROOM).data().toString())
        .isEqualTo("{\"user_id\":\"ann\",\"user_info\":{\"name\":\"Ann\",\"n\":1}}");
    ann.assertAlive();
    assertThat(ann.heard(ADDED)).isEmpty();
  }

  @Test
  void aConnectionThatBreaksIsRemoved(TestApp app) {
    RawSocket watcher = app.member(ROOM, "watcher");

    app.member(ROOM, "ann").abort();

    assertThat(watcher.await(REMOVED, ROOM).data().get("user_id").textValue()).isEqualTo("ann");
  }

  @Test
  void the101stMemberIsRefusedAndASecondSocketOfAMemberIsNot(Apps apps) {
    TestApp app = apps.make(Limits.DEFAULT);
    RawSocket socket = app.member(ROOM, "user-0");
    for (int i = 1; i < 100; i++) {
      app.member(ROOM, "user-" + i);
    }
    RawSocket tooMany = app.connect();

    app.sendSubscribe(tooMany, ROOM, Json.object("user_id", "user-100"));

    tooMany.await("pusher:error");
    tooMany.assertAlive();
    assertThat(tooMany.heard("pusher_internal:subscription_succeeded")).isEmpty();
    app.member(ROOM, "user-99");
    socket.assertAlive();
    assertThat(socket.heard(ADDED)).hasSize(99);
  }

  @Test
  void aNumericUserIdIsAStringOnTheWire(TestApp app) {
    RawSocket watcher = app.member(ROOM, "watcher");
    RawSocket socket = app.connect();

    Frame succeeded = app.subscribe(socket, ROOM, "{\"user_id\":10,\"user_info\":{\"a\":1}}");

    JsonNode presence = succeeded.data().get("presence");
    assertThat(presence.at("/hash/10/a").intValue()).isEqualTo(1);
    assertThat(presence.get("ids")).allMatch(JsonNode::isTextual);
    assertThat(watcher.await(ADDED, ROOM).data().get("user_id").textValue()).isEqualTo("10");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"user_id\":\"\"}", "{\"user_id\":null}", "[]", "7", "not json"})
  void channelDataWithoutAUserIsRefused(String channelData, TestApp app) {
    RawSocket socket = app.connect();

    app.sendSubscribe(socket, ROOM, channelData);

    assertRefused(socket);
  }

  @Test
  void noChannelDataIsRefusedBeforeSignIn(TestApp app) {
    RawSocket socket = app.connect();

    socket.sendEvent("pusher:subscribe", "channel", ROOM, "auth", app.auth(socket, ROOM));

    assertRefused(socket);
  }

  @Test
  void noChannelDataIsNeededAfterSignIn(TestApp app) {
    RawSocket watcher = app.member(ROOM, "watcher");
    RawSocket socket = app.connect();
    app.signIn(socket, Json.object("id", "ann", "user_info", Json.map("name", "Ann")));
    socket.await("pusher:signin_success");

    socket.sendEvent("pusher:subscribe", "channel", ROOM, "auth", app.auth(socket, ROOM));

    socket.await("pusher_internal:subscription_succeeded", ROOM);
    assertThat(watcher.await(ADDED, ROOM).data().toString())
        .isEqualTo("{\"user_id\":\"ann\",\"user_info\":{\"name\":\"Ann\"}}");
  }

  @Test
  void suppliedChannelDataWinsOverTheSignedInUser(TestApp app) {
    RawSocket watcher = app.member(ROOM, "watcher");

    app.subscribe(app.user("ann"), ROOM, Json.object("user_id", "other"));

    assertThat(watcher.await(ADDED, ROOM).data().get("user_id").textValue()).isEqualTo("other");
  }

  @Test
  void aUserIdMayHave128CharactersAndNoMore(TestApp app) {
    app.member(ROOM, "u".repeat(128));
    RawSocket socket = app.connect();

    app.sendSubscribe(socket, ROOM, Json.object("user_id", "u".repeat(129)));

    assertRefused(socket);
  }

  @Test
  void aUserInfoMayHave1KilobyteAndNoMore(TestApp app) {
    int quotes = 2;
    app.subscribe(
        app.connect(), ROOM, Json.object("user_id", "a", "user_info", "i".repeat(1024 - quotes)));
    RawSocket socket = app.connect();

    app.sendSubscribe(
        socket, ROOM, Json.object("user_id", "b", "user_info", "i".repeat(1025 - quotes)));

    assertRefused(socket);
  }

  private static void assertRefused(RawSocket socket) {
    assertThat(socket.await("pusher:error").json().at("/data/message").textValue()).isNotBlank();
    socket.await("pusher:subscription_error", ROOM);
    socket.assertAlive();
    assertThat(socket.heard("pusher_internal:subscription_succeeded")).isEmpty();
  }
}
