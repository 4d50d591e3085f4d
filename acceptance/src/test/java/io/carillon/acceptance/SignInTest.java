package io.carillon.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.acceptance.harness.Frame;
import io.carillon.acceptance.harness.Json;
import io.carillon.acceptance.harness.RawSocket;
import io.carillon.acceptance.harness.Signing;
import io.carillon.acceptance.harness.TestApp;
import io.carillon.acceptance.harness.WithCarillon;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Line 10 of the conformance list. */
@WithCarillon
class SignInTest {
  private static final String ANNS_CHANNEL = "#server-to-user-ann";
  private static final int UNAUTHORISED = 4009;

  @Test
  void theAnswerHasTheUserDataAsItWasSent(TestApp app) {
    RawSocket socket = app.connect();
    String userData = "{ \"id\":\"ann\", \"user_info\":{\"name\":\"Ann\"} }";

    app.signIn(socket, userData);

    Frame success = socket.await("pusher:signin_success");
    assertThat(success.data().get("user_data").textValue()).isEqualTo(userData);
  }

  @Test
  void aMessageToAUserReachesEveryConnectionOfThatUserAndNoOther(TestApp app) {
    RawSocket one = app.user("ann");
    RawSocket two = app.user("ann");
    RawSocket other = app.user("bob");
    app.subscribe(one, ANNS_CHANNEL);
    app.subscribe(two, ANNS_CHANNEL);
    app.subscribe(other, "#server-to-user-bob");

    app.rest().publish(ANNS_CHANNEL, "hint", "x");
    app.rest().publish("#server-to-user-bob", "marker", "x");

    one.await("hint", ANNS_CHANNEL);
    two.await("hint", ANNS_CHANNEL);
    other.await("marker");
    assertThat(other.heard("hint")).isEmpty();
  }

  @Test
  void theUsersChannelIsForThatUserOnly(TestApp app) {
    RawSocket stranger = app.connect();
    RawSocket bob = app.user("bob");

    stranger.sendEvent("pusher:subscribe", "channel", ANNS_CHANNEL);
    bob.sendEvent("pusher:subscribe", "channel", ANNS_CHANNEL);
    stranger.await("pusher:error");
    bob.await("pusher:error");
    app.rest().publish(ANNS_CHANNEL, "hint", "x");

    stranger.assertAlive();
    bob.assertAlive();
    assertThat(stranger.heard("hint")).isEmpty();
    assertThat(bob.heard("hint")).isEmpty();
  }

  @Test
  void terminateClosesThatUsersConnectionsAndNoOthers(TestApp app) {
    RawSocket one = app.user("ann");
    RawSocket two = app.user("ann");
    RawSocket bob = app.user("bob");
    RawSocket presentAsAnn = app.member("presence-room", "ann");

    var answer = app.rest().post("/users/ann/terminate_connections", "{}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{}");
    assertThat(one.awaitClose().code()).isEqualTo(UNAUTHORISED);
    assertThat(two.awaitClose().code()).isEqualTo(UNAUTHORISED);
    bob.assertAlive();
    presentAsAnn.assertAlive();
  }

  @Test
  void terminateIsFineForAUserWhoIsNotThereAndWithoutABody(TestApp app) {
    assertThat(app.rest().post("/users/nobody/terminate_connections", "{}").status())
        .isEqualTo(200);
    assertThat(app.rest().request("POST", "/users/nobody/terminate_connections").send().status())
        .isEqualTo(200);
  }

  @Test
  void aSecondSignInAsTheSameUserIsFineAndAsAnotherIsRefused(TestApp app) {
    RawSocket socket = app.user("ann");

    app.signIn(socket, Json.object("id", "ann"));
    socket.await("pusher:signin_success");
    app.signIn(socket, Json.object("id", "bob"));

    assertThat(socket.await("pusher:error").json().at("/data/code").intValue())
        .isEqualTo(UNAUTHORISED);
    assertThat(socket.heard("pusher:signin_success")).hasSize(2);
  }

  @Test
  void aWrongSignatureIsRefusedWith4009(TestApp app) {
    RawSocket socket = app.connect();

    socket.sendEvent(
        "pusher:signin",
        "auth",
        app.key() + ":" + Signing.hmac("wrong", "x"),
        "user_data",
        Json.object("id", "ann"));

    assertThat(socket.awaitClose().code()).isEqualTo(UNAUTHORISED);
    assertThat(socket.heard("pusher:signin_success")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"id\":\"\"}", "[]", "not json", "{\"id\":null}"})
  void userDataWithoutAnIdIsRefused(String userData, TestApp app) {
    RawSocket socket = app.connect();

    app.signIn(socket, userData);

    assertThat(socket.awaitClose().code()).isEqualTo(UNAUTHORISED);
    assertThat(socket.heard("pusher:signin_success")).isEmpty();
  }
}
