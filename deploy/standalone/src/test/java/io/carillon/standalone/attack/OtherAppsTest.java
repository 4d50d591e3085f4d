package io.carillon.standalone.attack;

import static io.carillon.standalone.ConsoleServer.field;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.standalone.ConsoleServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The backend of one application uses names, positions, cursors and ids of another one's. */
@ExtendWith(AttackedServer.class)
class OtherAppsTest {
  private final ConsoleServer server;

  OtherAppsTest(ConsoleServer server) {
    this.server = server;
  }

  private HttpResponse<String> victim(String method, String path, String body, String... headers)
      throws Exception {
    return send(AttackedServer.KEY + ":" + AttackedServer.SECRET, method, path, body, headers);
  }

  private HttpResponse<String> attacker(String method, String path, String body, String... headers)
      throws Exception {
    String login = AttackedServer.OTHER_KEY + ":" + AttackedServer.OTHER_SECRET;
    return send(login, method, path, body, headers);
  }

  private HttpResponse<String> send(
      String login, String method, String path, String body, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.url + "/v1" + path))
            .header(
                "authorization",
                "Basic " + Base64.getEncoder().encodeToString(login.getBytes(UTF_8)))
            .method(
                method,
                body.isEmpty()
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(body.replace('\'', '"')));
    if (!body.isEmpty()) {
      request.header("content-type", "application/json");
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    return server.client.send(request.build(), BodyHandlers.ofString());
  }

  private static String ok(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    return answer.body();
  }

  @Test
  void hearsNothingOfChannelsWithTheSameName() throws Exception {
    String made =
        ok(victim("POST", "/channels/secrets/messages", "{'name':'n','data':'of the victim'}"));
    String epoch = field(made, "epoch");

    for (String path :
        List.of(
            "/channels/secrets",
            "/channels/secrets/messages",
            "/channels/secrets/messages?direction=forward&from=" + epoch + ":0",
            "/channels/secrets/messages?after=" + epoch + ":0",
            "/channels/secrets/messages?before=" + epoch + ":9",
            "/channels/secrets/members",
            "/channels")) {
      HttpResponse<String> answer = attacker("GET", path, "");
      assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isLessThan(500);
      assertThat(answer.body()).as(path).doesNotContain("of the victim", "\"epoch\":" + epoch);
    }
    assertThat(ok(attacker("GET", "/channels?prefix=secrets", ""))).doesNotContain("\"secrets\"");
    assertThat(ok(victim("GET", "/channels/secrets/messages", ""))).contains("of the victim");
  }

  @Test
  void takesNoIdOfAnothersForItsOwn() throws Exception {
    String message = "{'name':'n','data':'x','id':'one-id'}";
    ok(victim("POST", "/channels/ids/messages", message));
    ok(victim("POST", "/channels/ids/messages", "{'name':'n','data':'x'}", "idempotency-key", "k"));

    assertThat(ok(attacker("POST", "/channels/ids/messages", message)))
        .contains("\"duplicate\":false", "\"offset\":1");
    assertThat(
            ok(
                attacker(
                    "POST",
                    "/channels/ids/messages",
                    "{'name':'n','data':'x'}",
                    "idempotency-key",
                    "k")))
        .contains("\"duplicate\":false", "\"offset\":2");
    assertThat(ok(victim("POST", "/channels/ids/messages", message)))
        .contains("\"duplicate\":true", "\"offset\":1");
  }

  @Test
  void rulesAndRevocationsReachNobodyElse() throws Exception {
    ok(victim("PUT", "/rules/kept:*", "{'messageBytes':777}"));
    String token =
        field(
            ok(
                victim(
                    "POST",
                    "/tokens",
                    "{'clientId':'ann','capabilities':{'kept:*':['history','subscribe']}}")),
            "token");

    attacker("DELETE", "/rules/kept:*", "");
    attacker("PUT", "/rules/kept:*", "{'messageBytes':1}");
    attacker("POST", "/tokens/revoke", "{'clientId':'ann'}");
    attacker("POST", "/users/ann/disconnect", "{}");

    assertThat(ok(victim("GET", "/rules/kept:*", ""))).contains("\"messageBytes\":777");
    HttpRequest asAnn =
        HttpRequest.newBuilder(URI.create(server.url + "/v1/channels/kept:a"))
            .header("authorization", "Bearer " + token)
            .build();
    assertThat(server.client.send(asAnn, BodyHandlers.ofString()).statusCode()).isNotEqualTo(401);
  }
}
