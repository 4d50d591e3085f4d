package io.carillon.standalone.attack;

import static io.carillon.standalone.ConsoleServer.field;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.standalone.ConsoleServer;
import io.carillon.standalone.ConsoleServer.Browser;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A page that the server lets in, and one application too, uses another application's key from its
 * visitors' browsers, by every door.
 */
@ExtendWith(AttackedServer.class)
class AppOriginsTest {
  private static final String ONE = AttackedServer.ORIGIN;
  private static final String TWO = AttackedServer.OTHER_ORIGIN;
  private static final long PATIENCE_NANOS = 10_000_000_000L;
  private static final AtomicInteger SESSIONS = new AtomicInteger(10_000);

  private final ConsoleServer server;

  AppOriginsTest(ConsoleServer server) {
    this.server = server;
  }

  private TeamApp app(Browser owner, String origin) throws Exception {
    TeamApp app = TeamApp.made(server, owner, "App of " + origin.substring("https://".length()));
    assertThat(change(owner, app, "['" + origin + "']").body()).contains("[\"" + origin + "\"]");
    return app;
  }

  private static HttpResponse<String> change(Browser by, TeamApp app, String origins)
      throws Exception {
    return by.send("PATCH", by.inTenant("/apps/" + app.id()), "{'allowedOrigins':" + origins + "}");
  }

  /** What the door says: {@code in}, or how it refuses. */
  private interface Door {
    String says(TeamApp app, String origin) throws Exception;
  }

  private String exchange(String request, String origin, String body) throws Exception {
    String head = " HTTP/1.1\r\nHost: a\r\nOrigin: " + origin + "\r\n";
    return RawExchange.with(server.url, request.replace(" HTTP/1.1\r\n", head) + "\r\n" + body)
        .text();
  }

  private static String upgrade(String path) {
    return "GET "
        + path
        + " HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n";
  }

  /** A masked frame, and a close behind it, so that the server ends the connection. */
  private static String frames(String text) {
    String close = "\u0088\u0080\0\0\0\0";
    int length = text.length();
    String size =
        length < 126
            ? "" + (char) (0x80 | length)
            : "\u00fe" + (char) (length >>> 8) + (char) (length & 0xff);
    return length == 0 ? close : "\u0081" + size + "\0\0\0\0" + text + close;
  }

  private static String outcome(String answer, String welcome) {
    String closed = "\u000f\u00a9"; // 4009
    if (answer.contains(welcome)) {
      return "in";
    }
    if (answer.startsWith("HTTP/1.1 403")) {
      return answer.contains("\"origin-denied\"") ? "403" : "403 of the server";
    }
    return answer.contains("c[4009,") || answer.contains(closed) ? "4009" : answer;
  }

  private String pusher(TeamApp app, String origin) throws Exception {
    String path = "/app/" + app.key() + "?protocol=7";
    return outcome(exchange(upgrade(path), origin, frames("")), "connection_established");
  }

  private String fallback(TeamApp app, String origin) throws Exception {
    String path =
        "POST /pusher/app/" + app.key() + "/1/s" + SESSIONS.incrementAndGet() + "/xhr?protocol=7";
    String request = path + " HTTP/1.1\r\nContent-Length: 0\r\nConnection: close\r\n";
    return outcome(exchange(request, origin, ""), "connection_established");
  }

  private String realtime(String credentials, String origin) throws Exception {
    String hello = "{\"t\":\"hello\",\"i\":1," + credentials + "}";
    return outcome(exchange(upgrade("/v1/realtime"), origin, frames(hello)), "\"welcome\"");
  }

  private String poll(String credentials, String origin) throws Exception {
    String request = "GET /v1/poll?ch=a&wait=1" + credentials + "Connection: close\r\n";
    return outcome(exchange(request, origin, ""), "\"cursor\"");
  }

  /** Ends where it is refused. */
  private String refusedStream(String credentials, String origin) throws Exception {
    return outcome(exchange("GET /v1/sse?ch=a" + credentials, origin, ""), "text/event-stream");
  }

  private String ticket(String token, String origin) throws Exception {
    String request =
        "POST /v1/tickets HTTP/1.1\r\nContent-Length: 0\r\nConnection: close\r\n"
            + "Authorization: Bearer "
            + token
            + "\r\n";
    return outcome(exchange(request, origin, ""), "\"ticket\"");
  }

  private List<Door> doors(String token) {
    String line = " HTTP/1.1\r\n";
    String bearer = line + "Authorization: Bearer " + token + "\r\n";
    return List.of(
        this::pusher,
        this::fallback,
        (app, origin) -> realtime("\"key\":\"" + app.key() + "\"", origin),
        (app, origin) -> realtime("\"token\":\"" + token + "\"", origin),
        (app, origin) -> poll("&key=" + app.key() + line, origin),
        (app, origin) -> poll(bearer, origin),
        (app, origin) -> ticket(token, origin));
  }

  private static String token(TeamApp app) throws Exception {
    return field(
        app.ok("POST", "/tokens", "{'clientId':'ann','capabilities':{'*':['subscribe']}}"),
        "token");
  }

  /** Waits until the change is known to the node, which is a second at most. */
  private void await(TeamApp app, String origin, String expected) throws Exception {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!pusher(app, origin).equals(expected)) {
      assertThat(System.nanoTime()).as("the change is not known").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  @Test
  void keepPagesOfOthersOutByEveryDoor() throws Exception {
    Browser owner = server.signedUp("owner@origins.example");
    TeamApp one = app(owner, ONE);
    TeamApp two = app(server.signedUp("other@origins.example"), TWO);
    await(one, TWO, "4009");
    await(two, ONE, "4009");

    for (TeamApp app : List.of(one, two)) {
      String own = app.equals(one) ? ONE : TWO;
      String others = app.equals(one) ? TWO : ONE;
      List<Door> doors = doors(token(app));
      for (int i = 0; i < doors.size(); i++) {
        assertThat(doors.get(i).says(app, own)).as("door %s", i).isEqualTo("in");
        assertThat(doors.get(i).says(app, others)).as("door %s", i).isIn("403", "4009");
      }
      assertThat(refusedStream("&key=" + app.key() + " HTTP/1.1\r\n", others)).isEqualTo("403");
      assertThat(pusher(app, "https://evil.example")).isEqualTo("403 of the server");
    }
  }

  @Test
  void areSetByTheTeamAlone() throws Exception {
    Browser owner = server.signedUp("admin@origins.example");
    TeamApp app = app(owner, ONE);
    Browser viewer = server.invited(owner, "viewer@origins.example", "viewer");
    Browser stranger = server.signedUp("stranger@origins.example");

    assertThat(change(viewer, app, "[]").statusCode()).isEqualTo(403);
    stranger.tenant = owner.tenant;
    assertThat(change(stranger, app, "[]").statusCode()).isEqualTo(404);
    for (String wrong :
        List.of("'x'", "['*']", "['https://a/b']", "[7]", "['https://*.a']", "[null]")) {
      HttpResponse<String> answer = change(owner, app, wrong);
      assertThat(answer.statusCode()).as(wrong).isEqualTo(400);
      assertThat(answer.body()).contains("\"pointer\":\"/allowedOrigins\"");
    }
    String many = "'https://a.example',".repeat(51);
    assertThat(change(owner, app, "[" + many.substring(0, many.length() - 1) + "]").statusCode())
        .isEqualTo(400);

    await(app, TWO, "4009");
    assertThat(change(owner, app, "['HTTPS://Other.example.com','" + TWO + "']").body())
        .contains("\"allowedOrigins\":[\"" + TWO + "\"]");
    await(app, TWO, "in");
    assertThat(change(owner, app, "[]").body()).contains("\"allowedOrigins\":[]");
    await(app, ONE, "in");
    assertThat(owner.get(owner.inTenant("/audit-log")).body())
        .contains("\"allowedOrigins\":\"" + ONE + "\"", "\"allowedOrigins\":\"" + TWO + "\"");
  }
}
