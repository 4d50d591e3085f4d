package io.carillon.edge.protocol.pusher;

import static io.carillon.edge.fixture.EdgeServer.KEY;
import static io.carillon.edge.fixture.EdgeServer.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.auth.Signatures;
import io.carillon.core.model.Edit.Kind;
import io.carillon.core.model.Edit.Operation;
import io.carillon.core.model.Message;
import io.carillon.core.model.Message.Meta;
import io.carillon.core.model.Message.Origin;
import io.carillon.core.model.Payload;
import io.carillon.edge.fixture.EdgeServer;
import io.carillon.edge.fixture.TestSocket;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PusherSocketTest {
  private static final Pattern SOCKET_ID = Pattern.compile("socket_id\\\\\":\\\\\"(\\d+\\.\\d+)");

  private static EdgeServer server;

  @BeforeAll
  static void start() {
    server = new EdgeServer(Map.of());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static TestSocket open() {
    return new TestSocket(server.socketUri("/app/" + KEY + "?protocol=7&client=test"));
  }

  private static String socketIdIn(String hello) {
    Matcher matcher = SOCKET_ID.matcher(hello);
    assertThat(matcher.find()).as(hello).isTrue();
    return matcher.group(1);
  }

  @Test
  void aPublishedMessageReachesASubscriber() throws Exception {
    try (TestSocket socket = open()) {
      assertThat(socket.next())
          .contains("pusher:connection_established")
          .contains("\\\"activity_timeout\\\":120");
      socket.send("{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"news\"}}");
      assertThat(socket.next())
          .isEqualTo(
              "{\"event\":\"pusher_internal:subscription_succeeded\",\"channel\":\"news\","
                  + "\"data\":\"{}\"}");
      assertThat(socket.next()).contains("subscription_count");

      server.publish("news", "headline", "{\"text\":\"hé\\\"llo\\n\"}");

      assertThat(socket.next())
          .isEqualTo(
              "{\"event\":\"headline\",\"channel\":\"news\","
                  + "\"data\":\"{\\\"text\\\":\\\"hé\\\\\\\"llo\\\\n\\\"}\"}");
    }
  }

  @Test
  void operationsAreEventsOfTheServersOwn() throws Exception {
    try (TestSocket socket = open()) {
      socket.next();
      socket.send("{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"edited\"}}");
      assertThat(socket.next()).contains("subscription_succeeded");
      assertThat(socket.next()).contains("subscription_count");
      server.publish("edited", message("m", "one", Meta.NONE));
      assertThat(socket.next()).contains("\"event\":\"headline\"");

      server.publish("edited", message(null, "+", Meta.of(new Operation(Kind.APPEND, "m"))));
      server.publish("edited", message(null, "", Meta.of(new Operation(Kind.DELETE, "m"))));

      assertThat(socket.next())
          .isEqualTo(
              "{\"event\":\"carillon:message.append\",\"channel\":\"edited\",\"data\":"
                  + "\"{\\\"ref\\\":\\\"m\\\",\\\"name\\\":\\\"headline\\\",\\\"data\\\":\\\"+\\\"}\"}");
      assertThat(socket.next())
          .isEqualTo(
              "{\"event\":\"carillon:message.delete\",\"channel\":\"edited\",\"data\":"
                  + "\"{\\\"ref\\\":\\\"m\\\",\\\"name\\\":\\\"headline\\\"}\"}");
    }
  }

  private static Message message(@Nullable String id, String text, Meta meta) {
    return new Message(id, "headline", Payload.text(text), Origin.Backend.TO_EVERYONE, meta);
  }

  @Test
  void aClientEventReachesTheOthersAndNotItsSender() throws Exception {
    try (TestSocket alice = open();
        TestSocket bob = open()) {
      subscribePresence(alice, "presence-room", "alice");
      subscribePresence(bob, "presence-room", "bob");
      assertThat(alice.next()).contains("member_added").contains("bob");

      alice.send("{\"event\":\"client-wave\",\"channel\":\"presence-room\",\"data\":{\"n\":1}}");
      bob.send("{\"event\":\"client-wave\",\"channel\":\"presence-room\",\"data\":\"2\"}");

      assertThat(bob.next())
          .isEqualTo(
              "{\"event\":\"client-wave\",\"channel\":\"presence-room\","
                  + "\"data\":\"{\\\"n\\\":1}\",\"user_id\":\"alice\"}");
      assertThat(alice.next()).contains("\"data\":\"2\"").contains("\"user_id\":\"bob\"");
    }
  }

  private static void subscribePresence(TestSocket socket, String channel, String user)
      throws InterruptedException {
    String id = socketIdIn(socket.next());
    String data = "{\"user_id\":\"" + user + "\"}";
    String auth = KEY + ":" + Signatures.sign(SECRET, id + ":" + channel + ":" + data);
    socket.send(
        "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\""
            + channel
            + "\",\"auth\":\""
            + auth
            + "\",\"channel_data\":"
            + quoted(data)
            + "}}");
    assertThat(socket.next()).contains("subscription_succeeded").contains("\\\"count\\\":");
  }

  /** Both are signed as one text: a colon may stand in a name, and before the channel's data. */
  @Test
  void aSignatureForALongerNameIsNoneForAShorterOne() throws Exception {
    try (TestSocket socket = open()) {
      String id = socketIdIn(socket.next());
      String auth = KEY + ":" + Signatures.sign(SECRET, id + ":private-team:7");

      socket.send(
          "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"private-team\",\"auth\":\""
              + auth
              + "\",\"channel_data\":\"7\"}}");

      assertThat(socket.next()).contains("subscription_error", "AuthError");
      assertThat(socket.next()).contains("pusher:error");
    }
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\"", "\\\"") + "\"";
  }

  @Test
  void anUnknownKeyIsClosedWith4001() {
    try (TestSocket socket = new TestSocket(server.socketUri("/app/nobody?protocol=7"))) {
      assertThat(socket.closeCode()).isEqualTo(4001);
    }
  }
}
