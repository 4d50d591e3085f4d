package io.carillon.client;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** The calls of the HTTP API, with a key and its secret. Immutable. */
final class Rest {
  private static final Duration ANSWER_MAX = Duration.ofSeconds(15);
  private static final int REFUSED = 400;

  /** As the server itself says it when it cannot. */
  private static final String UNAVAILABLE =
      "{\"code\":\"unavailable\",\"number\":50300,\"retry\":\"later\",\"detail\":\"status ";

  private final URI url;
  private final String authorization;
  private final HttpClient http;

  Rest(URI url, String key, String secret, HttpClient http) {
    byte[] credentials = (key + ":" + secret).getBytes(StandardCharsets.UTF_8);
    this.url = url;
    this.authorization = "Basic " + Base64.getEncoder().encodeToString(credentials);
    this.http = http;
  }

  /** The answer's object, or a {@link CarillonException}. */
  CompletableFuture<Frame> post(String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(ANSWER_MAX)
            .header("Authorization", authorization)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    return http.sendAsync(request, BodyHandlers.ofString())
        .handle(
            (response, thrown) -> {
              if (thrown != null) {
                throw lost(thrown);
              }
              return read(response);
            });
  }

  private static CarillonException lost(Throwable thrown) {
    Throwable cause =
        thrown instanceof CompletionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    boolean late = cause instanceof java.net.http.HttpTimeoutException;
    String detail = cause instanceof IOException ? String.valueOf(cause.getMessage()) : "";
    return CarillonException.of(
        late ? ClientError.TIMEOUT : ClientError.CONNECTION_LOST, detail, cause);
  }

  private Frame read(HttpResponse<String> response) {
    Frame body;
    try {
      body = Frame.one(response.body());
    } catch (IllegalArgumentException notJson) {
      int status = response.statusCode();
      // what a load balancer answers that has no server (RFC 9110, 15.6.3 to 15.6.5)
      if (status >= 502 && status <= 504) {
        throw problem(Frame.one(UNAVAILABLE + status + "\"}"));
      }
      throw CarillonException.of(ClientError.PROTOCOL, "status " + status, notJson);
    }
    if (response.statusCode() >= REFUSED) {
      throw problem(body);
    }
    return body;
  }

  /** RFC 9457, as the server fills it. */
  private CarillonException problem(Frame body) {
    String problem =
        FrameText.object("kind", body.text("code", "internal-error"))
            .with("code", body.number("number", 0))
            .with("msg", body.text("detail", body.text("title", "")))
            .with("retry", body.text("retry", "no"))
            .text();
    return CarillonException.ofServer(Frame.one(problem), url + "/docs/errors.md#");
  }

  static PublishResult published(Frame body) {
    Position position = new Position(body.number("epoch", 0), body.number("offset", 0));
    return new PublishResult(body.text("id", ""), position, body.flag("duplicate"));
  }

  BatchResult result(Frame item) {
    Frame problem = item.object("problem");
    return problem == null
        ? new BatchResult(Optional.of(published(item)), Optional.empty())
        : new BatchResult(Optional.empty(), Optional.of(problem(problem)));
  }

  static String coded(String channel) {
    return URLEncoder.encode(channel, StandardCharsets.UTF_8).replace("+", "%20");
  }

  static <T> T await(CompletableFuture<T> answer) {
    try {
      return answer.get();
    } catch (InterruptedException interrupted) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw CarillonException.of(ClientError.ABORTED, "interrupted", interrupted);
    } catch (ExecutionException failed) {
      Throwable cause = failed.getCause();
      throw CarillonException.as(cause == null ? failed : cause, ClientError.PROTOCOL);
    }
  }
}
