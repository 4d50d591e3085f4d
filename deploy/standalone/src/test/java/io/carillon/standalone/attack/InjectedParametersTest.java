package io.carillon.standalone.attack;

import static io.carillon.standalone.ConsoleServer.field;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.standalone.ConsoleServer;
import io.carillon.standalone.ConsoleServer.Browser;
import io.carillon.standalone.attack.DescribedRoutes.Route;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Somebody puts into each parameter of each route what databases, patterns, files and numbers trip
 * over. The answer may say no or nothing; it never breaks, and has nothing of anybody else in it.
 */
@ExtendWith(AttackedServer.class)
class InjectedParametersTest {
  private static final String CANARY = "canary-of-the-victim";

  private static final List<String> VALUES =
      List.of(
          "'",
          "' or '1'='1",
          "'; select pg_sleep(9); --",
          "%",
          "_",
          "\\",
          "\0",
          "a\0b",
          "\"",
          "*",
          "../..",
          "$1",
          "-1",
          "99999999999999999999",
          "9223372036854775807",
          "1e309",
          "NaN",
          "1:18446744073709551616",
          "-999999999-01-01T00:00:00Z",
          "e30",
          "[]",
          "\r\nX: y",
          "\ud83d\ude00\u202e\uffff",
          "a".repeat(3_000));

  /** Of the first values so many, as there are many paths. */
  private static final int IN_PATHS = 13;

  /** Not a character: half of one, in the coding of UTF-8. */
  private static final String SURROGATE = "%ED%A0%80";

  private final ConsoleServer server;

  InjectedParametersTest(ConsoleServer server) {
    this.server = server;
  }

  private static List<String> values() {
    List<String> coded = new ArrayList<>(List.of(SURROGATE, "%C0%AF", "%FF"));
    VALUES.forEach(value -> coded.add(URLEncoder.encode(value, UTF_8).replace("+", "%20")));
    return coded;
  }

  private Map<String, String> victim(String name) throws Exception {
    Browser victim = server.signedUp(CANARY + "-" + name + "@victim.example");
    String app =
        field(
            victim.send("POST", victim.inTenant("/apps"), "{'name':'" + CANARY + "'}").body(),
            "id");
    victim.send("POST", victim.inTenant("/apps/" + app + "/keys"), "{'label':'" + CANARY + "'}");
    return Map.of("tenant", victim.tenant, "app", app);
  }

  private Map<String, String> attacker(Browser attacker) throws Exception {
    String app =
        field(attacker.send("POST", attacker.inTenant("/apps"), "{'name':'Chat'}").body(), "id");
    String apps = attacker.inTenant("/apps/" + app);
    Map<String, String> ids = new HashMap<>();
    ids.put("tenant", attacker.tenant);
    ids.put("app", app);
    ids.put(
        "key", field(attacker.send("POST", apps + "/keys", "{'label':'backend'}").body(), "id"));
    ids.put(
        "webhook",
        field(
            attacker
                .send(
                    "POST",
                    apps + "/webhooks",
                    "{'url':'https://example.com/','types':['client_event'],'paused':true}")
                .body(),
            "id"));
    ids.put("channel", "presence-chat");
    ids.put("pattern", "chat:*");
    ids.put("connection", "1.1");
    return ids;
  }

  private static String filled(String path, Map<String, String> ids) {
    String filled = path;
    for (Map.Entry<String, String> id : ids.entrySet()) {
      filled = filled.replace("{" + id.getKey() + "}", id.getValue());
    }
    return filled.replaceAll("\\{\\w+}", "1");
  }

  private void assertHarmless(Browser attacker, String method, String target) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.url + target))
            .method(
                method,
                method.equals("GET") || method.equals("DELETE")
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString("{}"))
            .header("content-type", "application/json")
            .header("sec-fetch-site", "same-origin");
    if (target.startsWith("/v1/console")) {
      request.header("cookie", String.valueOf(attacker.cookie));
    } else {
      String login = AttackedServer.OTHER_KEY + ":" + AttackedServer.OTHER_SECRET;
      request.header(
          "authorization", "Basic " + Base64.getEncoder().encodeToString(login.getBytes(UTF_8)));
    }

    HttpResponse<String> answer = server.client.send(request.build(), BodyHandlers.ofString());

    assertThat(answer.statusCode())
        .as("%s %s: %s", method, target, answer.body())
        .isBetween(200, 499);
    assertThat(answer.body())
        .as(target)
        .doesNotContain(CANARY, "org.postgresql", "Exception", "\tat ", "syntax error");
  }

  @Test
  void intoEachParameterOfAQuery() throws Exception {
    victim("query");
    Browser attacker = server.signedUp("query@attacker.example");
    Map<String, String> ids = attacker(attacker);

    for (Route route : DescribedRoutes.of(server)) {
      if (route.method().equals("GET")) {
        for (String name : route.query()) {
          for (String value : values()) {
            assertHarmless(attacker, "GET", filled(route.path(), ids) + "?" + name + "=" + value);
          }
        }
      }
    }
  }

  @Test
  void intoEachPartOfAPath() throws Exception {
    Map<String, String> victims = victim("path");
    Browser attacker = server.signedUp("path@attacker.example");
    Map<String, String> ids = attacker(attacker);

    for (Route route : DescribedRoutes.of(server)) {
      for (String name : List.of("tenant", "app", "key", "webhook", "channel", "pattern", "user")) {
        if (route.path().contains("{" + name + "}")) {
          List<String> values = new ArrayList<>(values().subList(0, IN_PATHS));
          if (victims.containsKey(name) && !name.equals("tenant")) {
            values.add(victims.get(name));
          }
          for (String value : values) {
            String path = route.path().replace("{" + name + "}", value);
            assertHarmless(attacker, route.method(), filled(path, ids));
          }
        }
      }
    }
  }

  /** A cursor is made by the server, yet anybody may make another one. */
  @Test
  void intoTheInsideOfACursor() throws Exception {
    Browser attacker = server.signedUp("cursor@attacker.example");
    Map<String, String> ids = attacker(attacker);
    for (Route route : DescribedRoutes.of(server)) {
      if (route.query().contains("cursor")) {
        for (String inside : VALUES) {
          String cursor =
              Base64.getUrlEncoder().withoutPadding().encodeToString(inside.getBytes(UTF_8));
          assertHarmless(attacker, "GET", filled(route.path(), ids) + "?limit=1&cursor=" + cursor);
        }
      }
    }
  }
}
