package io.carillon.api.listen;

import static io.carillon.api.Answers.quoted;
import static io.carillon.api.Backend.ACME;
import static io.carillon.api.Backend.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.api.ApiServer;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The express way answers word for word as the framework's way does. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExpressAnswersTest {
  private final ApiServer server = new ApiServer();

  @AfterAll
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/channels/c/messages | {'name':'e','data':'d','id':'i1'}",
        "/channels/c/messages | {'name':'e'}",
        "/channels/c/messages | {'name':'e','data':'d','more':1}",
        "/channels/c/messages | nonsense",
        "/channels/%23c/messages | {'name':'e','data':'d'}",
        "/channels/a%20b/messages | {'name':'e','data':'d'}",
        "/channels/%ff/messages | {'name':'e','data':'d'}",
        "/channels/c/messages?x=y | {'name':'e','data':'d'}",
        "/messages | {'messages':[{'channel':'c','name':'e','data':'d','id':'i2'},{'name':'e'}]}",
        "/messages | {}",
      })
  void ofV1(String path, String body) {
    HttpRequest.Builder request = server.restRequest("POST", ACME, path, quoted(body));

    assertSame(request);
  }

  @Test
  void toWhomeverHasNoKey() {
    assertSame(
        server
            .restRequest("POST", ACME, "/channels/c/messages", "{}")
            .setHeader("authorization", "Basic bm86b25l"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/events | {'name':'e','channel':'c','data':'d'}",
        "/events | {'name':'e','channels':['c','d'],'data':'d','info':'subscription_count'}",
        "/events | {'name':'e','channel':'c d','data':'d'}",
        "/events | nonsense",
        "/batch_events | {'batch':[{'name':'e','channel':'c','data':'d'}]}",
        "/batch_events | {'batch':[{'name':'e','channel':'c'}]}",
      })
  void ofPusher(String path, String json) {
    String body = quoted(json);
    String full = "/apps/" + ACME.app() + path;
    Map<String, String> query =
        new TreeMap<>(ACME.signed("POST", full, Map.of(), body, server.ticker.epochSeconds()));

    assertSame(signed(full, query, body));
    query.put("auth_signature", OTHER.sign("POST", full, query));
    assertSame(signed(full, query, body));
  }

  private HttpRequest.Builder signed(String path, Map<String, String> query, String body) {
    StringBuilder parameters = new StringBuilder("?");
    query.forEach((name, value) -> parameters.append(name).append('=').append(value).append('&'));
    return HttpRequest.newBuilder(server.uri(path + parameters))
        .header("content-type", "application/json")
        .POST(BodyPublishers.ofString(body));
  }

  /** An encoding makes a request unusual, even if it is none. */
  private void assertSame(HttpRequest.Builder request) {
    HttpResponse<String> first = server.send(request.copy());
    HttpResponse<String> express = server.send(request.copy());
    HttpResponse<String> framework =
        server.send(request.copy().header("content-encoding", "identity"));

    assertThat(express.statusCode()).isEqualTo(framework.statusCode());
    assertThat(offsetsAside(express.body())).isEqualTo(offsetsAside(framework.body()));
    assertThat(first.statusCode()).isIn(express.statusCode(), 201);
    for (String name : new String[] {"content-type", "www-authenticate", "retry-after", "link"}) {
      assertThat(express.headers().allValues(name))
          .as(name)
          .isEqualTo(framework.headers().allValues(name));
    }
  }

  private static String offsetsAside(String body) {
    return body.replaceAll("\"offset\":\\d+", "");
  }

  @Test
  void requestsOfBothWaysOnOneConnectionAreAnsweredInTheirOrder() throws IOException {
    String body = quoted("{'name':'e','data':'d'}");
    String publish =
        "POST /v1/channels/mixed/messages HTTP/1.1\r\nHost: x\r\nAuthorization: "
            + ACME.basic()
            + "\r\nContent-Type: application/json\r\nContent-Length: "
            + body.length()
            + "\r\n";
    String list = "GET /v1/channels HTTP/1.1\r\nHost: x\r\nAuthorization: " + ACME.basic() + "\r\n";

    String answer =
        server.raw(
            (publish + "\r\n" + body).repeat(2)
                + list
                + "\r\n"
                + (publish + "\r\n" + body)
                + (list + "\r\n").repeat(2)
                + publish
                + "Connection: close\r\n\r\n"
                + body);

    assertThat(answer.replaceAll("(?s)HTTP/1.1 (\\d+).*?(?=HTTP/1.1|$)", "$1 "))
        .isEqualTo("201 201 200 201 200 200 201 ");
    assertThat(server.texts(ACME, "mixed")).hasSize(4);
  }
}
