package io.carillon.acceptance.libraries;

import static org.assertj.core.api.Assertions.assertThat;

import com.pusher.client.Pusher;
import com.pusher.client.PusherOptions;
import com.pusher.client.channel.PrivateChannel;
import com.pusher.client.connection.ConnectionState;
import io.carillon.acceptance.harness.Apps;
import io.carillon.acceptance.harness.Carillon;
import io.carillon.acceptance.harness.Deadline;
import io.carillon.acceptance.harness.Json;
import io.carillon.acceptance.harness.ProcessServer;
import io.carillon.acceptance.harness.RawSocket;
import io.carillon.acceptance.harness.Signing;
import io.carillon.acceptance.harness.TestApp;
import io.carillon.acceptance.harness.WithCarillon;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** com.pusher:pusher-java-client, which connects with protocol 5. */
@WithCarillon
class PusherJavaClientTest {
  private final List<Pusher> clients = new ArrayList<>();
  private final RecordingListener connection = new RecordingListener();

  @AfterEach
  void disconnect() {
    clients.forEach(Pusher::disconnect);
  }

  @Test
  void aPublicChannelDeliversEvents(TestApp app) {
    RecordingListener news = new RecordingListener();
    Pusher client = connected(app, "ann");

    client.subscribe("news", news, "greeting");
    news.await("subscribed news");
    app.rest().publish("news", "greeting", "{\"x\":1}");

    news.await("event greeting {\"x\":1}");
  }

  @Test
  void aPrivateChannelDeliversClientEventsToTheOthers(TestApp app) {
    RecordingListener one = new RecordingListener();
    RecordingListener two = new RecordingListener();
    PrivateChannel sender =
        connected(app, "ann").subscribePrivate("private-room", one, "client-typing", "marker");
    connected(app, "bob").subscribePrivate("private-room", two, "client-typing", "marker");
    one.await("subscribed private-room");
    two.await("subscribed private-room");

    sender.trigger("client-typing", "{\"who\":\"ann\"}");
    two.await("event client-typing {\"who\":\"ann\"}");
    app.rest().publish("private-room", "marker", "x");

    one.await("event marker x");
    assertThat(one.lines()).noneMatch(line -> line.startsWith("event client-typing"));
  }

  @Test
  void aPresenceChannelTellsWhoIsThereWhoComesAndWhoGoes(TestApp app) {
    RecordingListener ann = new RecordingListener();
    RecordingListener bob = new RecordingListener();
    connected(app, "ann").subscribePresence("presence-room", ann);
    ann.await("members [ann]");

    Pusher second = connected(app, "bob");
    second.subscribePresence("presence-room", bob);
    bob.await("members [ann, bob]");
    ann.await("joined bob {\"name\":\"bob\"}");
    second.unsubscribe("presence-room");

    ann.await("left bob");
    assertThat(ann.count("joined bob {\"name\":\"bob\"}")).isEqualTo(1);
  }

  @Test
  void onAPresenceChannelAClientEventNamesItsSender(TestApp app) {
    RecordingListener ann = new RecordingListener();
    RecordingListener bob = new RecordingListener();
    connected(app, "ann").subscribePresence("presence-room", ann, "client-typing");
    var sender = connected(app, "bob").subscribePresence("presence-room", bob);
    ann.await("members [ann]");
    bob.await("subscribed presence-room");

    sender.trigger("client-typing", "{}");

    ann.await("event client-typing {} from bob");
  }

  @Test
  void anEncryptedChannelDeliversWhatOnlyItsMembersCanRead(TestApp app) {
    RecordingListener secret = new RecordingListener();
    connected(app, "ann").subscribePrivateEncrypted("private-encrypted-room", secret, "greeting");
    secret.await("subscribed private-encrypted-room");

    Backend.of(app).trigger("private-encrypted-room", "greeting", Map.of("secret", true));

    secret.await("event greeting {\"secret\":true}");
  }

  @Test
  void aWrongSignatureLeavesTheConnectionAndTheOtherChannels(TestApp app) {
    RecordingListener room = new RecordingListener();
    RecordingListener news = new RecordingListener();
    PusherOptions options = options(app.server());
    options.setChannelAuthorizer((channel, socketId) -> "{\"auth\":\"" + app.key() + ":00\"}");
    Pusher client = connected(app, options);

    client.subscribePrivate("private-room", room);
    client.subscribe("news", news, "greeting");
    news.await("subscribed news");
    app.rest().publish("news", "greeting", "x");

    news.await("event greeting x");
    assertThat(room.lines()).noneMatch(line -> line.startsWith("subscribed"));
    assertThat(client.getConnection().getState()).isEqualTo(ConnectionState.CONNECTED);
  }

  @Test
  void aSignedInUserGetsMessagesAndIsClosedByTerminate(TestApp app) {
    RecordingListener user = new RecordingListener();
    Pusher client = connected(app, "ann");

    client.user().bindGlobal(user);
    client.signin();
    RawSocket watcher = app.connect();
    app.signIn(watcher, "{\"id\":\"watcher\",\"watchlist\":[\"ann\"]}");
    watcher.await("pusher_internal:watchlist_events");
    Deadline.await(
        "channel of the user",
        () -> {
          app.rest().publish("#server-to-user-ann", "hint", "{\"x\":1}");
          return user.lines().contains("event hint {\"x\":1}");
        });
    app.rest().post("/users/ann/terminate_connections", "{}");

    connection.await("state DISCONNECTED");
  }

  @Test
  void anUnknownKeyEndsTheAttempts(TestApp app) {
    Pusher client = new Pusher("no-such-key", options(app.server()));
    clients.add(client);

    client.connect(connection, ConnectionState.ALL);

    connection.await("state DISCONNECTED");
    connection.await("error 4001");
    assertThat(connection.lines()).doesNotContain("state RECONNECTING", "state CONNECTED");
  }

  @Test
  void aDisabledAppEndsTheAttempts(Apps apps) {
    TestApp app = apps.makeDisabled();
    Pusher client = new Pusher(app.key(), options(app.server()));
    clients.add(client);

    client.connect(connection, ConnectionState.ALL);

    connection.await("state DISCONNECTED");
    connection.await("error 4003");
    assertThat(connection.lines()).doesNotContain("state RECONNECTING");
  }

  @Test
  void aServerThatStopsMakesTheClientReconnectAndSubscribeAgain(Carillon carillon, Apps apps) {
    ProcessServer first = carillon.startAnother(Map.of());
    RecordingListener news = new RecordingListener();
    TestApp app = apps.make(first);
    connected(app, "ann").subscribe("news", news, "greeting");
    news.await("subscribed news");
    first.close();
    connection.await("state RECONNECTING");

    String port = String.valueOf(first.url().getPort());
    try (ProcessServer second = carillon.startAnother(Map.of("CARILLON_PORT", port))) {
      Deadline.await("second subscription", () -> news.count("subscribed news") == 2);
      app.rest().publish("news", "greeting", "again");
      news.await("event greeting again");
      assertThat(second.url()).isEqualTo(first.url());
    }
  }

  private Pusher connected(TestApp app, String userId) {
    PusherOptions options = options(app.server());
    options.setChannelAuthorizer(
        (channel, socketId) -> Backend.authorize(app, channel, socketId, userId));
    options.setUserAuthenticator(
        socketId -> {
          String userData = Json.object("id", userId);
          return Json.object(
              "auth",
              app.key() + ":" + Signing.hmac(app.secret(), socketId + "::user::" + userData),
              "user_data",
              userData);
        });
    return connected(app, options);
  }

  private Pusher connected(TestApp app, PusherOptions options) {
    Pusher client = new Pusher(app.key(), options);
    clients.add(client);
    RecordingListener own = clients.size() == 1 ? connection : new RecordingListener();
    client.connect(own, ConnectionState.ALL);
    own.await("state CONNECTED");
    return client;
  }

  private static PusherOptions options(URI server) {
    return new PusherOptions()
        .setHost(server.getHost())
        .setWsPort(server.getPort())
        .setUseTLS(false);
  }
}
