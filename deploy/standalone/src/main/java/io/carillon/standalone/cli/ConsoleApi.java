package io.carillon.standalone.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The console's API of a server, with an access token. Thread-safe. */
record ConsoleApi(URI server, String token) {
  /** Without what somebody authenticates with. */
  @Override
  public String toString() {
    return "ConsoleApi";
  }

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int OK = 200;

  /** What the server answered; a problem where the status is not 200. */
  record Answer(int status, String text, Map<String, @Nullable Object> json) {
    boolean isDone() {
      return status == OK;
    }

    /** The member as text; empty when there is none. */
    String text(String name) {
      Object value = json.get(name);
      return value == null ? "" : value.toString();
    }
  }

  Answer get(String path) throws InterruptedException {
    return send(request(path).GET());
  }

  Answer post(String path, Object body) throws InterruptedException {
    return send(
        request(path)
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofString(Json.write(body), UTF_8)));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server + "/v1/console" + path))
        .timeout(PATIENCE)
        .header("authorization", "Bearer " + token);
  }

  private Answer send(HttpRequest.Builder request) throws InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString(UTF_8));
      return new Answer(response.statusCode(), response.body(), object(response.body()));
    } catch (IOException e) {
      throw CommandException.noServer(server);
    }
  }

  private Map<String, @Nullable Object> object(String text) {
    try {
      if (Json.read(text) instanceof Map<?, ?> map) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        map.forEach((name, value) -> members.put(String.valueOf(name), value));
        return members;
      }
    } catch (IllegalArgumentException e) {
      // told below in the same words
    }
    throw CommandException.noServer(server);
  }
}
