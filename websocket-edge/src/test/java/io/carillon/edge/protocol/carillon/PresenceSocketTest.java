package io.carillon.edge.protocol.carillon;

import static io.carillon.edge.fixture.EdgeServer.KEY;
import static io.carillon.edge.fixture.EdgeServer.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.carillon.core.auth.Signatures;
import io.carillon.edge.fixture.EdgeServer;
import io.carillon.edge.fixture.TestSocket;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Presence, sessions and signals of the native protocol over real sockets. */
@Timeout(60)
class PresenceSocketTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, String> ALL = Map.of("*", "subscribe publish presence");

  private static EdgeServer server;

  @BeforeAll
  static void start() {
    server = new EdgeServer(Map.of());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** A connection that has been welcomed, and as what. */
  private record Client(TestSocket socket, String session, String member) implements AutoCloseable {
    JsonNode say(String json) throws Exception {
      socket.send(json.replace('\'', '"'));
      return next();
    }

    JsonNode next() throws Exception {
      return JSON.readTree(socket.next());
    }

    @Override
    public void close() {
      socket.close();
    }
  }

  private static Client open(@Nullable String clientId) throws Exception {
    return open(clientId, ALL, null);
  }

  private static Client open(
      @Nullable String clientId, Map<String, String> capabilities, @Nullable String session)
      throws Exception {
    TestSocket socket = new TestSocket(server.socketUri("/v1/realtime"), "carillon.v1");
    String token = server.token(clientId, Duration.ofHours(1), capabilities);
    socket.send(
        "{\"t\":\"hello\",\"i\":1,\"token\":\""
            + token
            + (session == null ? "" : "\",\"session\":\"" + session)
            + "\"}");
    JsonNode welcome = JSON.readTree(socket.next());
    assertThat(welcome.get("t").asText()).isEqualTo("welcome");
    return new Client(socket, welcome.get("session").asText(), welcome.get("member").asText());
  }

  /** Clauses 9.1, 9.2, 9.3, 9.6, 9.8. */
  @Test
  void aWatcherGetsTheSnapshotThenChanges() throws Exception {
    try (Client anna = open("anna");
        Client watcher = open(null)) {
      assertThat(anna.say("{'t':'enter','i':2,'ch':'p1','d':{'x':1}}").get("t").asText())
          .isEqualTo("ok");
      watcher.say("{'t':'sub','i':2,'ch':'p1','presence':true}");
      JsonNode snapshot = watcher.next();

      assertThat(snapshot.get("t").asText()).isEqualTo("pres");
      assertThat(snapshot.get("snap").asInt()).isEqualTo(1);
      assertThat(snapshot.has("more")).isFalse();
      assertThat(snapshot.at("/set/" + anna.member()))
          .isEqualTo(JSON.readTree("{\"id\":\"anna\",\"d\":{\"x\":1}}"));

      anna.say("{'t':'enter','i':3,'ch':'p1','d':'two'}");
      JsonNode update = watcher.next();
      assertThat(update.get("f").asLong()).isEqualTo(snapshot.get("v").asLong());
      assertThat(update.at("/set/" + anna.member() + "/d").asText()).isEqualTo("two");
      assertThat(update.has("del")).isFalse();

      anna.say("{'t':'leave','i':4,'ch':'p1'}");
      JsonNode gone = watcher.next();
      assertThat(gone.get("f").asLong()).isEqualTo(update.get("v").asLong());
      assertThat(gone.at("/del/0").asText()).isEqualTo(anna.member());
      assertThat(gone.has("set")).isFalse();
    }
  }

  /** Clauses 9.3 and 9.6. */
  @Test
  void whoEntersWithItsSubscriptionSeesItself() throws Exception {
    try (Client anna = open(null)) {
      JsonNode subbed = anna.say("{'t':'sub','i':2,'ch':'p2','presence':true,'enter':null}");
      assertThat(subbed.get("t").asText()).isEqualTo("subbed");
      JsonNode snapshot = anna.next();
      assertThat(snapshot.at("/set/" + anna.member()).has("id")).isFalse();

      anna.say("{'t':'unsub','i':3,'ch':'p2'}");
      JsonNode who = anna.say("{'t':'who','i':4,'ch':'p2'}");
      assertThat(who.get("n").asInt()).isZero();
    }
  }

  /** Clauses 9.6 and 9.7: in pages. */
  @Test
  void aLargeRosterComesInPages() throws Exception {
    try (Client watcher = open(null)) {
      for (int i = 0; i < 250; i++) {
        server.enter("p3", "key-" + i, "user-" + i % 50, "{\"i\":" + i + "}");
      }

      JsonNode who = watcher.say("{'t':'who','i':2,'ch':'p3'}");

      assertThat(who.get("i").asInt()).isEqualTo(2);
      assertThat(who.get("n").asInt()).isEqualTo(250);
      int members = 0;
      for (int page = 1; page <= 3; page++) {
        JsonNode push = watcher.next();
        assertThat(push.get("snap").asInt()).isEqualTo(page);
        assertThat(push.get("v").asLong()).isEqualTo(who.get("v").asLong());
        assertThat(push.has("more")).isEqualTo(page < 3);
        members += push.get("set").size();
      }
      assertThat(members).isEqualTo(250);
    }
  }

  /** Clause 9.10. */
  @Test
  void whoWantsANumberGetsNumbers() throws Exception {
    try (Client anna = open("anna");
        Client watcher = open(null)) {
      watcher.say("{'t':'sub','i':2,'ch':'p4','presence':'count'}");
      assertThat(watcher.next().get("n").asInt()).isZero();
      anna.say("{'t':'enter','i':2,'ch':'p4'}");
      assertThat(watcher.next().get("n").asInt()).isEqualTo(1);
      anna.say("{'t':'leave','i':3,'ch':'p4'}");
      assertThat(watcher.next().get("n").asInt()).isZero();
    }
  }

  /** Clauses 9.4 and 9.5. */
  @Test
  void presenceAsksForTheCapabilityAndLittleData() throws Exception {
    try (Client reader = open("r", Map.of("p5", "subscribe"), null);
        Client anna = open("anna")) {
      for (String frame :
          new String[] {
            "{'t':'enter','i':2,'ch':'p5'}",
            "{'t':'who','i':2,'ch':'p5'}",
            "{'t':'sub','i':2,'ch':'p5','presence':true}",
            "{'t':'sub','i':2,'ch':'p5','presence':'count'}"
          }) {
        assertThat(reader.say(frame).get("kind").asText()).isEqualTo("capability-denied");
      }
      JsonNode refused = reader.say("{'t':'sub','i':2,'ch':'p5','enter':1}");
      assertThat(refused.get("of").asText()).isEqualTo("enter");
      assertThat(reader.next().get("t").asText()).isEqualTo("subbed");

      String large = "x".repeat(1_023);
      assertThat(anna.say("{'t':'enter','i':2,'ch':'p5','d':'" + large + "'}").get("kind").asText())
          .isEqualTo("member-invalid");
      assertThat(anna.say("{'t':'sub','i':2,'ch':'p5','presence':'all'}").get("kind").asText())
          .isEqualTo("bad-request");
    }
  }

  /** Clauses 10.1 and 10.2. */
  @Test
  void aDroppedSessionComesBackUnnoticed() throws Exception {
    try (Client watcher = open(null)) {
      watcher.say("{'t':'sub','i':2,'ch':'p6','presence':true}");
      watcher.next();
      Client anna = open("anna");
      anna.say("{'t':'enter','i':2,'ch':'p6','d':1}");
      assertThat(watcher.next().get("set").has(anna.member())).isTrue();
      anna.socket().close();

      try (Client back = open("anna", ALL, anna.session())) {
        assertThat(back.member()).isEqualTo(anna.member());
        assertThat(back.session()).isEqualTo(anna.session());
        back.say("{'t':'enter','i':2,'ch':'p6','d':1}");
        back.say("{'t':'enter','i':3,'ch':'p6','d':2}");
        JsonNode next = watcher.next();
        assertThat(next.at("/set/" + anna.member() + "/d").asInt()).isEqualTo(2);
        assertThat(next.has("del")).isFalse();
      }
    }
  }

  /** Clause 10.5. */
  @Test
  void whatAnOlderConnectionDoesOrSuffersEndsNothing() throws Exception {
    try (Client watcher = open(null);
        Client older = open("anna")) {
      older.say("{'t':'enter','i':2,'ch':'p10','d':1}");
      watcher.say("{'t':'sub','i':2,'ch':'p10','presence':true}");
      JsonNode snapshot = watcher.next();
      try (Client newer = open("anna", ALL, older.session())) {
        newer.say("{'t':'enter','i':2,'ch':'p10','d':1}");

        assertThat(older.say("{'t':'leave','i':3,'ch':'p10'}").get("t").asText()).isEqualTo("ok");
        older.socket().send("{\"t\":\"bye\"}");
        assertThat(older.socket().closeCode()).isEqualTo(1000);
        JsonNode who = watcher.say("{'t':'who','i':3,'ch':'p10'}");
        assertThat(who.get("n").asInt()).isEqualTo(1);
        assertThat(who.get("v")).isEqualTo(snapshot.get("v"));
        watcher.next();

        newer.say("{'t':'leave','i':3,'ch':'p10'}");
        assertThat(watcher.next().at("/del/0").asText()).isEqualTo(newer.member());
      }
    }
  }

  /** Clause 10.2. */
  @Test
  void whatIsNoSecretGetsANewSession() throws Exception {
    try (Client anna = open("anna", ALL, "made up")) {
      assertThat(anna.session()).hasSize(22).isNotEqualTo("made up");
    }
  }

  /** Clause 10.4. */
  @Test
  void goodbyeIsALeaveAtOnce() throws Exception {
    try (Client watcher = open(null);
        Client anna = open("anna")) {
      anna.say("{'t':'enter','i':2,'ch':'p7'}");
      watcher.say("{'t':'sub','i':2,'ch':'p7','presence':true}");
      watcher.next();

      anna.socket().send("{\"t\":\"bye\"}");

      assertThat(watcher.next().at("/del/0").asText()).isEqualTo(anna.member());
      assertThat(anna.socket().closeCode()).isEqualTo(1_000);
    }
  }

  /** Clause 9.11. */
  @Test
  void membersOfBothProtocolsSeeEachOther() throws Exception {
    try (TestSocket pete = new TestSocket(server.socketUri("/app/" + KEY + "?protocol=7"));
        Client anna = open("anna")) {
      subscribe(pete, "presence-both", "{\\\"user_id\\\":\\\"pete\\\"}");
      assertThat(pete.next()).contains("subscription_succeeded");

      anna.say("{'t':'sub','i':2,'ch':'presence-both','presence':true,'enter':{'x':1}}");

      assertThat(pete.next())
          .isEqualTo(
              "{\"event\":\"pusher_internal:member_added\",\"channel\":\"presence-both\",\"data\":"
                  + "\"{\\\"user_id\\\":\\\"anna\\\",\\\"user_info\\\":{\\\"x\\\":1}}\"}");
      assertThat(anna.next().get("set").findValuesAsText("id")).contains("pete", "anna");
      anna.socket().send("{\"t\":\"bye\"}");
      assertThat(pete.next()).contains("member_removed").contains("anna");
    }
  }

  private static void subscribe(TestSocket socket, String channel, String data)
      throws InterruptedException {
    String established = socket.next();
    String id = established.replaceAll(".*socket_id\\\\\":\\\\\"([0-9.]+).*", "$1");
    String text = data.replace("\\\"", "\"");
    String auth = KEY + ":" + Signatures.sign(SECRET, id + ":" + channel + ":" + text);
    socket.send(
        "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\""
            + channel
            + "\",\"auth\":\""
            + auth
            + "\",\"channel_data\":\""
            + data
            + "\"}}");
  }

  /** Clauses 11.1, 11.2, 11.3. */
  @Test
  void signalsReachTheOthersAndAreKeptNowhere() throws Exception {
    try (Client anna = open("anna");
        Client bert = open("bert");
        Client reader = open("r", Map.of("p8", "subscribe"), null)) {
      anna.say("{'t':'sub','i':2,'ch':'p8'}");
      bert.say("{'t':'sub','i':2,'ch':'p8'}");
      anna.socket()
          .send(
              "{\"t\":\"eph\",\"ch\":\"p8\",\"m\":[{\"n\":\"move\",\"d\":{\"x\":1},\"k\":\"c\"},"
                  + "{\"n\":\"raw\",\"d\":\"AQID\",\"enc\":\"b64\"}]}");

      JsonNode first = bert.next();
      assertThat(first.get("t").asText()).isEqualTo("eph");
      assertThat(first.at("/m/0"))
          .isEqualTo(
              JSON.readTree(
                  "{\"n\":\"move\",\"d\":{\"x\":1},\"k\":\"c\",\"member\":\""
                      + anna.member()
                      + "\",\"by\":\"anna\"}"));
      assertThat(bert.next().at("/m/0/enc").asText()).isEqualTo("b64");
      JsonNode subbed = reader.say("{'t':'sub','i':2,'ch':'p8','rewind':10}");
      assertThat(subbed.get("o").asLong()).isZero();
      assertThat(anna.say("{'t':'ping'}").get("t").asText()).isEqualTo("pong");

      assertThat(
              reader.say("{'t':'eph','i':3,'ch':'p8','m':[{'n':'x','d':1}]}").get("kind").asText())
          .isEqualTo("capability-denied");
      assertThat(anna.say("{'t':'eph','i':3,'ch':'p8','m':[]}").get("kind").asText())
          .isEqualTo("bad-request");
    }
  }

  /** Clause 11.5: in their order; that they may be lost is shown in virtual time. */
  @Test
  void signalsOfOneSenderKeepTheirOrder() throws Exception {
    try (Client anna = open("anna");
        Client bert = open("bert")) {
      bert.say("{'t':'sub','i':2,'ch':'p11'}");
      for (int i = 0; i < 20; i++) {
        String item = "{\"n\":\"n\",\"d\":" + i + "}";
        anna.socket().send("{\"t\":\"eph\",\"ch\":\"p11\",\"m\":[" + item + "]}");
      }

      for (int i = 0; i < 20; i++) {
        assertThat(bert.next().at("/m/0/d").asInt()).isEqualTo(i);
      }
    }
  }

  /** Clause 11.3. */
  @Test
  void tooManySignalsAreRefused() throws Exception {
    StringBuilder items = new StringBuilder("{'n':'x','d':1}");
    for (int i = 1; i < 60; i++) {
      items.append(",{'n':'x','d':1}");
    }
    try (Client anna = open("anna")) {
      JsonNode err = anna.say("{'t':'eph','i':2,'ch':'p9','m':[" + items + "]}");
      assertThat(err.get("kind").asText()).isEqualTo("client-event-rate");
      assertThat(err.get("ch").asText()).isEqualTo("p9");
    }
  }

  /**
   * Clauses 11.1 and 4.6: the channel is not named, as that would say that its subscription has
   * ended.
   */
  @Test
  void aSignalThatIsRefusedEndsNothing() throws Exception {
    try (Client anna = open("anna")) {
      anna.say("{'t':'sub','i':2,'ch':'p12'}");
      JsonNode err = anna.say("{'t':'eph','ch':'p12','m':[{'n':'carillon:x','d':1}]}");
      assertThat(err.get("t").asText()).isEqualTo("err");
      assertThat(err.has("ch")).isFalse();
      assertThat(err.has("i")).isFalse();

      anna.say("{'t':'pub','i':3,'ch':'p12','m':[{'n':'n','d':1}]}");

      assertThat(anna.next().at("/m/0/d").asInt()).isEqualTo(1);
    }
  }
}
