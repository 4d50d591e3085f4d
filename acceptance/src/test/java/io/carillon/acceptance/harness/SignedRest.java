package io.carillon.acceptance.harness;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;

/** The Pusher HTTP API as one application's backend calls it. Immutable, thread-safe. */
public final class SignedRest {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** What the server answered. */
  public record Answer(int status, String body, Map<String, String> headers) {
    public JsonNode json() {
      return Json.parse(body);
    }
  }

  private final URI server;
  private final String appId;
  private final String key;
  private final String secret;

  public SignedRest(URI server, String appId, String key, String secret) {
    this.server = server;
    this.appId = appId;
    this.key = key;
    this.secret = secret;
  }

  /**
   * A request that is signed right unless the test breaks it.
   *
   * @param path below {@code /apps/<id>}
   */
  public SignedRequest request(String method, String path) {
    return new SignedRequest(server, method, "/apps/" + appId + path, key, secret);
  }

  public Answer get(String path) {
    return request("GET", path).send();
  }

  /** Reads with one query parameter. */
  public Answer get(String path, String name, String value) {
    return request("GET", path).query(name, value).send();
  }

  public Answer post(String path, String body) {
    return request("POST", path).body(body).send();
  }

  /** Publishes, with further members of the body as names and values in turn. */
  public Answer publish(String channel, String event, String data, Object... more) {
    Map<String, Object> body = Json.map("name", event, "channels", new String[] {channel});
    body.put("data", data);
    body.putAll(Json.map(more));
    return post("/events", Json.write(body));
  }

  static Answer send(HttpRequest request) {
    try {
      HttpResponse<String> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
      Map<String, String> headers = new java.util.TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      response.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
      return new Answer(response.statusCode(), response.body(), headers);
    } catch (IOException e) {
      throw new UncheckedIOException(request.uri() + " was not answered", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
