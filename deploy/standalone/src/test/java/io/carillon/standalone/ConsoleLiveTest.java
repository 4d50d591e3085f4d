package io.carillon.standalone;

import static io.carillon.standalone.ConsoleServer.field;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.standalone.ConsoleServer.Browser;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the console tells of an application's clients, while they are there. */
class ConsoleLiveTest {
  private static final long PATIENCE_SECONDS = 30;
  private static int apps;

  @TempDir static Path data;
  private static ConsoleServer server;

  private Browser owner;
  private String app;
  private String key;
  private String secret;

  @BeforeAll
  static void start() {
    server = new ConsoleServer(data);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void makeAnApp() throws Exception {
    apps++;
    owner = server.signedUp("owner" + apps + "@live.example");
    String made = owner.send("POST", owner.inTenant("/apps"), "{'name':'Chat'}").body();
    app = owner.inTenant("/apps/" + field(made, "id"));
    String pair = owner.send("POST", app + "/keys", "{'label':'backend'}").body();
    key = field(pair, "id");
    secret = field(pair, "secret");
    soon("the key", () -> asked("GET", "/v1/channels", "") == 200);
  }

  /** A condition that may fail to be asked for. */
  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void soon(String what, Condition condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.holds()) {
      assertThat(System.nanoTime()).as(what).isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private int asked(String method, String path, String body) throws Exception {
    String basic = Base64.getEncoder().encodeToString((key + ":" + secret).getBytes(UTF_8));
    return server
        .client
        .send(
            HttpRequest.newBuilder(URI.create(server.url + path))
                .header("authorization", "Basic " + basic)
                .header("user-agent", "warehouse/7")
                .header("content-type", "application/json")
                .method(method, BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString())
        .statusCode();
  }

  private String get(String path) throws Exception {
    return owner.get(app + path).body();
  }

  private Socket socket() throws Exception {
    Socket socket = new Socket();
    String url = server.url.replace("http", "ws") + "/app/" + key;
    socket.to =
        server
            .client
            .newWebSocketBuilder()
            .header("x-forwarded-for", "198.51.100.23")
            .buildAsync(URI.create(url + "?protocol=7&client=js&version=8.4.0"), socket)
            .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    socket.next("connection_established");
    return socket;
  }

  @Test
  void connectionsAreShownFilteredAndEnded() throws Exception {
    Socket one = socket();
    Socket two = socket();
    two.says("{'event':'pusher:subscribe','data':{'channel':'news'}}");
    two.next("subscription_succeeded");

    String listed = get("/connections");

    assertThat(listed)
        .contains("\"total\":2", "js 8.4.0", "198.51.100.0/24", "\"pusher\"")
        .doesNotContain("198.51.100.23", "cursor");
    String first = field(listed, "id");
    assertThat(get("/connections?filter=" + first)).contains(first).contains("\"total\":2");
    assertThat(get("/connections?filter=nobody")).contains("\"connections\":[]");
    assertThat(get("/connections?limit=1")).contains("\"cursor\":\"" + first + "\"");
    assertThat(get("/connections?limit=1&cursor=" + first)).doesNotContain(first + "\",\"key");
    assertThat(get("/connections?cursor=x")).contains("bad-request");
    assertThat(get("/channels")).contains("\"news\"").contains("\"subscriptions\":1");

    assertThat(owner.send("DELETE", app + "/connections/" + first, "").statusCode()).isEqualTo(200);

    soon("one is gone", () -> get("/connections").contains("\"total\":1"));
    soon("one is told", () -> one.closed.isDone() || two.closed.isDone());
    assertThat(one.closed.isDone() && two.closed.isDone()).isFalse();
    assertThat(owner.send("DELETE", app + "/connections/" + first, "").body())
        .contains("connection-unknown");
    assertThat(owner.get(owner.inTenant("/audit-log")).body()).contains("connection.ended", first);
  }

  @Test
  void whatWasRefusedIsShown() throws Exception {
    Socket socket = socket();
    socket.says(
        "{'event':'pusher:subscribe','data':{'channel':'private-x','auth':'%s:wrong'}}"
            .formatted(key));
    socket.next("subscription_error");
    assertThat(asked("POST", "/v1/channels/%23x/messages", "{'name':'n'}".replace('\'', '"')))
        .isGreaterThanOrEqualTo(400);

    String refusals = get("/refusals");

    assertThat(refusals)
        .contains("\"subscribe\"", "\"private-x\"", key, "POST /v1/channels")
        .doesNotContain(secret);
    assertThat(field(refusals, "what")).startsWith("POST");
  }

  @Test
  void aDecisionIsExplainedWithoutAnyCredentials() throws Exception {
    String asked = "{'operation':'publish','channel':'news','key':'%s'}".formatted(key);

    String answer = owner.send("POST", app + "/permissions/explain", asked).body();

    assertThat(answer).contains("\"allowed\":false", "key-alone");
    String server = "{'operation':'publish','channel':'news'}";
    assertThat(owner.send("POST", app + "/permissions/explain", server).body())
        .contains("\"allowed\":true");
  }

  @Test
  void thePastIsReadInBothDirections() throws Exception {
    for (int i = 1; i <= 5; i++) {
      String message = "{'name':'n','data':{'number':%d}}".formatted(i).replace('\'', '"');
      assertThat(asked("POST", "/v1/channels/news/messages", message)).isEqualTo(201);
    }
    String newest = get("/channels/news/messages?limit=2");
    assertThat(newest).contains("\"number\":5", "\"number\":4").doesNotContain("\"number\":3");

    String older = get("/channels/news/messages?limit=2&from=" + field(newest, "next"));
    assertThat(older).contains("\"number\":3", "\"number\":2").doesNotContain("\"number\":4");
    String first = field(newest, "epoch") + ":0";
    assertThat(get("/channels/news/messages?direction=forward&limit=1&from=" + first))
        .contains("\"number\":1");
    assertThat(get("/channels/news/messages?direction=forward&after=2100-01-01T00:00:00Z"))
        .contains("\"messages\":[]");
    assertThat(get("/channels/presence-x/members")).contains("\"members\":[]");
  }

  @Test
  void theProgramsOfAKeyAreKnownAndItClosesWhenUnused() throws Exception {
    socket();
    String programs = "/keys/" + key + "/programs";
    soon(
        "both programs",
        () ->
            get(programs).contains("warehouse/7")
                && get(programs).contains("\"library\":\"js 8.4.0\""));
    assertThat(get(programs)).contains("198.51.100.0/24", "\"rest\"", "\"pusher\"");
    assertThat(get("/keys")).contains("\"lastUsedBy\"");
    String rotation = app + "/keys/" + key + "/rotation";
    assertThat(owner.send("POST", rotation, "{'unusedSeconds':5}").body())
        .contains("/unusedSeconds");

    assertThat(owner.send("POST", rotation, "{'unusedSeconds':3600}").statusCode()).isEqualTo(201);

    assertThat(get(programs)).contains("\"closesUnusedSeconds\":3600");
  }

  /** A client of the Pusher protocol that keeps what it hears. */
  private static final class Socket implements WebSocket.Listener {
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private @Nullable WebSocket to;

    void says(String text) {
      Objects.requireNonNull(to, "opened").sendText(text.replace('\'', '"'), true).join();
    }

    void next(String event) throws InterruptedException {
      for (String text = ""; !text.contains(event); ) {
        text = Objects.requireNonNull(heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS), event);
      }
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
      heard.add(text.toString());
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
