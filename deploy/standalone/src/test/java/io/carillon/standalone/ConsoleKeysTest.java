package io.carillon.standalone;

import static io.carillon.standalone.ConsoleServer.field;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.standalone.ConsoleServer.Browser;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Applications and keys made in the console, as backends and sockets see them. */
class ConsoleKeysTest {
  /** The promise is one second; the rest is for a busy machine. */
  private static final long SOON_SECONDS = 5;

  @TempDir static Path data;
  private static ConsoleServer server;

  @BeforeAll
  static void start() {
    server = new ConsoleServer(data);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** A key as it was answered. */
  private record Key(String id, String secret) {
    static Key of(String json) {
      return new Key(field(json, "id"), field(json, "secret"));
    }
  }

  private static int asked(Key key) throws Exception {
    return asked(key, "/v1/channels");
  }

  private static int asked(Key key, String path) throws Exception {
    String credentials = key.id() + ":" + key.secret();
    return server
        .client
        .send(
            HttpRequest.newBuilder(URI.create(server.url + path))
                .header(
                    "authorization",
                    "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8)))
                .build(),
            BodyHandlers.ofString())
        .statusCode();
  }

  private static void soon(Key key, int status) throws Exception {
    soon(key, "/v1/channels", status);
  }

  private static void soon(Key key, String path, int status) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SOON_SECONDS);
    while (asked(key, path) != status) {
      assertThat(System.nanoTime()).as("%s is not %d", key.id(), status).isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  private static String app(Browser browser) throws Exception {
    String made = browser.send("POST", browser.inTenant("/apps"), "{'name':'Chat'}").body();
    return browser.inTenant("/apps/" + field(made, "id"));
  }

  private static Key key(Browser browser, String app) throws Exception {
    return Key.of(browser.send("POST", app + "/keys", "{'label':'backend'}").body());
  }

  @Test
  void aKeyWorksUntilItIsRevoked() throws Exception {
    Browser anna = server.signedUp("anna@keys.example");
    String app = app(anna);
    Key key = key(anna, app);
    soon(key, 200);
    assertThat(anna.get(app + "/keys").body()).contains(key.id()).doesNotContain(key.secret());

    Ears ears = new Ears();
    server
        .client
        .newWebSocketBuilder()
        .buildAsync(
            URI.create(server.url.replace("http", "ws") + "/app/" + key.id() + "?protocol=7"), ears)
        .get(SOON_SECONDS, TimeUnit.SECONDS);
    ears.opened.get(SOON_SECONDS, TimeUnit.SECONDS);
    assertThat(field(anna.get(app + "/keys/" + key.id()).body(), "connections")).isEqualTo("1");

    String count = app + "/keys/" + key.id() + "/connections";
    assertThat(anna.get(count).body()).isEqualTo("{\"connections\":1}");
    String other = app(server.signedUp("other@keys.example"));
    assertThat(anna.get(count.replace(app, other)).statusCode()).isEqualTo(404);

    String revoked = anna.send("DELETE", app + "/keys/" + key.id(), "").body();

    assertThat(field(revoked, "connections")).isEqualTo("1");
    assertThat(ears.closed.get(SOON_SECONDS, TimeUnit.SECONDS)).isGreaterThanOrEqualTo(4000);
    soon(key, 401);
    assertThat(anna.get(count).body()).isEqualTo("{\"connections\":0}");
    assertThat(anna.send("DELETE", app + "/keys/" + key.id(), "").statusCode()).isEqualTo(404);
  }

  @Test
  void nothingOfADeletedTenantAnswers() throws Exception {
    Browser nina = server.signedUp("nina@keys.example");
    Browser admin = server.invited(nina, "admin-of-nina@keys.example", "admin");
    String app = app(nina);
    Key key = key(nina, app);
    soon(key, 200);
    Ears ears = new Ears();
    server
        .client
        .newWebSocketBuilder()
        .buildAsync(
            URI.create(server.url.replace("http", "ws") + "/app/" + key.id() + "?protocol=7"), ears)
        .get(SOON_SECONDS, TimeUnit.SECONDS);
    ears.opened.get(SOON_SECONDS, TimeUnit.SECONDS);
    String deletion = nina.inTenant("/deletion");
    String named = "{'name':'Tenant of nina@keys.example'}";

    assertThat(admin.send("POST", deletion, named).body()).contains("\"role-denied\"");
    assertThat(nina.send("POST", deletion, "{'name':'Tenant'}").body()).contains("\"/name\"");
    assertThat(asked(key)).isEqualTo(200);
    assertThat(nina.send("POST", deletion, named).statusCode()).isEqualTo(200);

    assertThat(ears.closed.get(SOON_SECONDS, TimeUnit.SECONDS)).isGreaterThanOrEqualTo(4000);
    soon(key, 401);
    for (Browser member : new Browser[] {nina, admin}) {
      assertThat(member.get(app).body()).contains("\"tenant-unknown\"");
      assertThat(member.get("/session").body()).contains("\"tenants\":[]");
    }
  }

  @Test
  void aKeyIsLimitedAndItsSuccessorLikewise() throws Exception {
    Browser emil = server.signedUp("emil@keys.example");
    String app = app(emil);
    String made =
        emil.send(
                "POST",
                app + "/keys",
                "{'label':'bot','capabilities':{'chat:*':['publish'],'news':['subscribe']}}")
            .body();
    Key key = Key.of(made);
    assertThat(made).contains("\"capabilities\":{", "\"chat:*\":[\"publish\"]");
    soon(key, 200);
    soon(key, "/v1/rules", 403);

    String path = app + "/keys/" + key.id();
    assertThat(Key.of(emil.send("POST", path + "/rotation", "{}").body()).id()).isNotEmpty();
    assertThat(emil.get(app + "/keys").body().split("chat:\\*", -1)).hasSize(3);

    String changed = emil.send("PATCH", path, "{'label':'server','capabilities':null}").body();
    assertThat(changed).contains("\"server\"").doesNotContain("capabilities");
    soon(key, "/v1/rules", 200);
    assertThat(emil.get(emil.inTenant("/audit-log")).body())
        .contains("\"key.changed\"", "\"capabilities\":\"chat:*: publish; news: subscribe\"");

    for (String wrong : List.of("{}", "{'chat:*':['sing']}", "{'a b':['publish']}", "[]")) {
      assertThat(emil.send("PATCH", path, "{'capabilities':" + wrong + "}").body())
          .contains("\"/capabilities\"");
    }
  }

  @Test
  void anAccountIsDeletedUnlessATenantWouldBeNobodys() throws Exception {
    Browser olga = server.signedUp("olga@keys.example");
    Browser paul = server.invited(olga, "paul@keys.example", "developer");
    String proof = "{'password':'%s'}".formatted(ConsoleServer.PASSWORD);

    assertThat(olga.send("POST", "/account/deletion", "{'password':'wrong'}").body())
        .contains("\"password-wrong\"", "\"/password\"");
    assertThat(olga.send("POST", "/account/deletion", proof).body())
        .contains("\"last-owner\"", "Tenant of olga@keys.example");
    assertThat(olga.get("/session").statusCode()).isEqualTo(200);
    String session = paul.cookie;
    assertThat(paul.send("POST", "/account/deletion", proof).statusCode()).isEqualTo(200);

    paul.cookie = session;
    assertThat(paul.get("/session").statusCode()).isEqualTo(401);
    assertThat(olga.get(olga.inTenant("/members")).body()).doesNotContain("paul@keys.example");
    assertThat(olga.get(olga.inTenant("/audit-log")).body())
        .contains("\"member.removed\"", "paul@keys.example");
    server.signedUp("paul@keys.example");
  }

  @Test
  void aKeyAndItsSuccessorBothCount() throws Exception {
    Browser bert = server.signedUp("bert@keys.example");
    String app = app(bert);
    Key old = key(bert, app);
    String rotation = app + "/keys/" + old.id() + "/rotation";

    String rotated = bert.send("POST", rotation, "{'overlapSeconds':3600}").body();

    Key fresh = Key.of(rotated);
    assertThat(field(rotated, "replaces")).isEqualTo(old.id());
    soon(fresh, 200);
    assertThat(asked(old)).isEqualTo(200);
    assertThat(bert.get(app + "/keys/" + old.id()).body()).contains("\"closesAt\"");
    assertThat(bert.send("POST", rotation, "{}").body()).contains("\"key-rotating\"");
    assertThat(bert.send("POST", rotation, "{'overlapSeconds':0}").statusCode()).isIn(400, 409);
  }

  @Test
  void anApplicationIsChangedAndSwitchedOff() throws Exception {
    Browser carl = server.signedUp("carl@keys.example");
    String app = app(carl);
    Key key = key(carl, app);
    soon(key, 200);

    String changed =
        carl.send("PATCH", app, "{'name':'Talk','clientEvents':true,'connections':5}").body();
    assertThat(changed)
        .contains("\"Talk\"", "\"clientEvents\":true", "\"connections\":5", "\"enabled\":true");
    assertThat(carl.send("PATCH", app, "{'connections':0}").body()).contains("\"/connections\"");
    assertThat(carl.send("PATCH", app, "{'enabled':1}").body()).contains("\"/enabled\"");
    assertThat(carl.send("PATCH", app, "{'name':' '}").body()).contains("\"/name\"");

    carl.send("PATCH", app, "{'enabled':false}");
    soon(key, 403);
    assertThat(carl.get(carl.inTenant("/audit-log")).body())
        .contains("\"before\":{\"enabled\":\"true\"}", "\"after\":{\"enabled\":\"false\"}");

    assertThat(carl.send("DELETE", app, "").statusCode()).isEqualTo(200);
    soon(key, 401);
    assertThat(carl.get(app).statusCode()).isEqualTo(404);
  }

  @Test
  void aRuleIsPutFoundAndRemoved() throws Exception {
    Browser dora = server.signedUp("dora@keys.example");
    String app = app(dora);

    assertThat(dora.send("PUT", app + "/rules/chat:*", "{'historyDays':3}").statusCode())
        .isEqualTo(200);
    assertThat(dora.send("PUT", app + "/rules/chat:*", "{'historyDays':0}").body())
        .contains("historyDays");

    assertThat(dora.get(app + "/rules").body()).contains("\"chat:*\"", "\"historyDays\":3");
    assertThat(dora.get(app + "/rules/match?channel=chat:1").body()).contains("\"chat:*\"");
    assertThat(dora.send("DELETE", app + "/rules/chat:*", "").statusCode()).isEqualTo(200);
    assertThat(dora.send("DELETE", app + "/rules/chat:*", "").body()).contains("rule-unknown");
    assertThat(dora.get(dora.inTenant("/audit-log")).body())
        .contains("\"rule.put\"", "\"rule.removed\"", "\"historyDays\":\"3\"");
  }

  /** What a socket hears. Thread-safe. */
  private static final class Ears implements WebSocket.Listener {
    private final CompletableFuture<Boolean> opened = new CompletableFuture<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
      opened.complete(true);
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      closed.complete(code);
      return null;
    }
  }
}
