package io.carillon.acceptance.libraries;

import static org.assertj.core.api.Assertions.assertThat;

import com.pusher.rest.Pusher;
import com.pusher.rest.data.Event;
import com.pusher.rest.data.Result;
import io.carillon.acceptance.harness.Json;
import io.carillon.acceptance.harness.RawSocket;
import io.carillon.acceptance.harness.TestApp;
import io.carillon.acceptance.harness.WithCarillon;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** com.pusher:pusher-http-java. */
@WithCarillon
class PusherHttpJavaTest {
  /** As the pages for who begins have it. */
  @Test
  void aProgramThatNamesTheHostIsAllThatIsNeeded(TestApp app) {
    RawSocket socket = app.subscriber("my-channel");
    String id = app.id();
    String key = app.key();
    String secret = app.secret();
    String host = app.server().getAuthority();

    // #region readme
    Pusher pusher = new Pusher(id, key, secret);
    pusher.setHost(host); // such as localhost:8080
    pusher.setEncrypted(false);
    pusher.trigger("my-channel", "greeting", Map.of("text", "hello from Java"));
    // #endregion readme

    assertThat(socket.await("greeting").text()).isEqualTo("{\"text\":\"hello from Java\"}");
  }

  @Test
  void triggerReachesSeveralChannelsAndLeavesOutASocket(TestApp app) {
    RawSocket one = app.subscriber("news");
    RawSocket two = app.subscriber("sport");

    Result result =
        Backend.of(app)
            .trigger(List.of("news", "sport"), "greeting", Map.of("x", 1), one.socketId());
    app.rest().publish("news", "marker", "");

    assertThat(result.getStatus()).isEqualTo(Result.Status.SUCCESS);
    assertThat(two.await("greeting", "sport").text()).isEqualTo("{\"x\":1}");
    one.await("marker");
    assertThat(one.heard("greeting")).isEmpty();
  }

  @Test
  void aBatchIsDelivered(TestApp app) {
    RawSocket socket = app.subscriber("news");

    Result result =
        Backend.of(app).trigger(List.of(new Event("news", "a", "1"), new Event("news", "b", "2")));

    assertThat(result.getStatus()).isEqualTo(Result.Status.SUCCESS);
    socket.await("a");
    socket.await("b");
  }

  @Test
  void channelsAndMembersAreQueried(TestApp app) {
    app.member("presence-room", "ann");
    app.subscriber("news");
    Pusher backend = Backend.of(app);

    Result list =
        backend.get("/channels", Map.of("filter_by_prefix", "presence-", "info", "user_count"));
    Result one = backend.get("/channels/news", Map.of("info", "subscription_count"));
    Result users = backend.get("/channels/presence-room/users");

    assertThat(list.getMessage())
        .isEqualTo("{\"channels\":{\"presence-room\":{\"user_count\":1}}}");
    assertThat(Json.parse(one.getMessage()))
        .isEqualTo(Json.parse("{\"occupied\":true,\"subscription_count\":1}"));
    assertThat(users.getMessage()).isEqualTo("{\"users\":[{\"id\":\"ann\"}]}");
  }

  @Test
  void commasAreEncodedByThisLibraryAndUnderstood(TestApp app) {
    app.subscriber("cache-news");

    Result result =
        Backend.of(app).get("/channels/cache-news", Map.of("info", "subscription_count,cache"));

    assertThat(result.getStatus()).isEqualTo(Result.Status.SUCCESS);
  }

  @Test
  void itsAuthorisationsAreAccepted(TestApp app) {
    for (String channel : List.of("private-a", "presence-a", "private-encrypted-a")) {
      RawSocket socket = app.connect();
      var answer = Json.parse(Backend.authorize(app, channel, socket.socketId(), "ann"));
      Map<String, Object> data =
          Json.map("channel", channel, "auth", answer.get("auth").textValue());
      if (answer.has("channel_data")) {
        data.put("channel_data", answer.get("channel_data").textValue());
      }

      socket.send(Json.object("event", "pusher:subscribe", "data", data));

      socket.await("pusher_internal:subscription_succeeded", channel);
    }
  }

  @Test
  void aUsersConnectionsAreTerminatedByItsGenericPost(TestApp app) {
    RawSocket ann = app.user("ann");

    Result result = Backend.of(app).post("/users/ann/terminate_connections", "{}");

    assertThat(result.getStatus()).isEqualTo(Result.Status.SUCCESS);
    assertThat(ann.awaitClose().code()).isEqualTo(4009);
  }

  @Test
  void errorsKeepTheirMeaning(TestApp app) {
    Pusher stranger = new Pusher(app.id(), app.key(), "not the secret");
    stranger.setHost(app.server().getAuthority());

    assertThat(stranger.trigger("news", "greeting", "x").getStatus())
        .isEqualTo(Result.Status.AUTHENTICATION_ERROR);
    Result tooLarge = Backend.of(app).trigger("news", "large", "d".repeat(10_241));
    assertThat(tooLarge.getHttpStatus()).isEqualTo(413);
    assertThat(tooLarge.getMessage())
        .contains("The data content of this event exceeds the allowed maximum (10240 bytes)");
    assertThat(Backend.of(app).get("/channels/news/users").getStatus())
        .isEqualTo(Result.Status.CLIENT_ERROR);
  }
}
