package io.carillon.standalone.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.standalone.ConsoleServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the framework itself refuses: the query, in which a token may be, does not come back to who
 * sent it, nor to who reads the answers on their way, and the answer is a problem as all others.
 */
@ExtendWith(AttackedServer.class)
class RepeatedQueryTest {
  private static final String TOKEN = "token-in-query-7d41";

  private final ConsoleServer server;

  RepeatedQueryTest(ConsoleServer server) {
    this.server = server;
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /nowhere, 404, path-not-found",
    "GET, /v1/nowhere, 404, path-not-found",
    "GET, /v1/console/nowhere, 404, path-not-found",
    "GET, /pusher/nowhere, 404, path-not-found",
    "PUT, /health, 405, method-not-allowed",
    "PUT, /openapi, 405, method-not-allowed",
    "PUT, /v1/poll, 405, method-not-allowed",
    "GET, /pusher/app/k/1/abc/xhr, 405, method-not-allowed",
    "POST, /v1/tokens, 415, media-type-unsupported",
  })
  void isNotRepeated(String method, String path, int status, String code) throws Exception {
    for (String accept : List.of("*/*", "application/json", "text/html")) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(server.url + path + "?token=" + TOKEN))
              .header("accept", accept)
              .header("content-type", "text/plain")
              .method(
                  method,
                  method.equals("POST") ? BodyPublishers.ofString("x") : BodyPublishers.noBody());

      HttpResponse<String> answer = server.client.send(request.build(), BodyHandlers.ofString());

      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
      assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
      assertThat(answer.body()).contains("\"code\":\"" + code + "\"").doesNotContain("_links");
      assertThat(answer.headers().map() + answer.body()).doesNotContain(TOKEN);
    }
  }
}
