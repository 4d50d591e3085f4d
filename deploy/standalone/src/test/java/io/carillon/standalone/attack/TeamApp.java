package io.carillon.standalone.attack;

import static io.carillon.standalone.ConsoleServer.field;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.standalone.ConsoleServer;
import io.carillon.standalone.ConsoleServer.Browser;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;

/** An application that a person has made in the console, and its backend. Immutable. */
record TeamApp(ConsoleServer server, String id, String key, String secret) {
  private static final long PATIENCE_NANOS = 10_000_000_000L;

  /** A new one of the browser's team, which the server knows by now. */
  static TeamApp made(ConsoleServer server, Browser owner, String name) throws Exception {
    String app =
        owner.send("POST", owner.inTenant("/apps"), "{'name':'%s'}".formatted(name)).body();
    String id = field(app, "id");
    String key =
        owner.send("POST", owner.inTenant("/apps/" + id + "/keys"), "{'label':'backend'}").body();
    TeamApp made = new TeamApp(server, id, field(key, "id"), field(key, "secret"));
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (made.send("GET", "/channels", "").statusCode() != 200) {
      assertThat(System.nanoTime()).as("the key is not known").isLessThan(deadline);
      Thread.onSpinWait();
    }
    return made;
  }

  /** What its backend is answered under {@code /v1}; single quotes stand for double ones. */
  HttpResponse<String> send(String method, String path, String body, String... headers)
      throws Exception {
    String login = Base64.getEncoder().encodeToString((key + ":" + secret).getBytes(UTF_8));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.url + "/v1" + path))
            .header("authorization", "Basic " + login)
            .header("content-type", "application/json")
            .method(method, BodyPublishers.ofString(body.replace('\'', '"')));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return server.client.send(request.build(), BodyHandlers.ofString());
  }

  /** What it is answered when that is not refused. */
  String ok(String method, String path, String body, String... headers) throws Exception {
    HttpResponse<String> answer = send(method, path, body, headers);
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    return answer.body();
  }
}
