package io.carillon.acceptance.harness;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** Somebody signed in to the console of a server, who owns a team. Confined to its test. */
public final class ConsoleUser implements AutoCloseable {
  private final HttpClient client = HttpClient.newHttpClient();
  private URI server;
  private final String tenant;
  private String cookie = "";

  /** Signs up; the address has to be a new one. */
  public ConsoleUser(CarillonServer server, String email) {
    this.server = server.url();
    JsonNode session =
        call(
            "POST",
            "/accounts",
            "{\"email\":\"" + email + "\",\"password\":\"correct horse\",\"tenant\":\"Team\"}");
    this.tenant = session.at("/tenants/0/id").asText();
  }

  /** Goes on with another server of the same installation. */
  public void moveTo(CarillonServer other) {
    this.server = other.url();
  }

  /** What the call answers, which has to be a success; the path is below the tenant's. */
  public JsonNode ofTenant(String method, String path, String body) {
    return call(method, "/tenants/" + tenant + path, body);
  }

  private JsonNode call(String method, String path, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve("/v1/console" + path))
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!cookie.isEmpty()) {
      request.header("cookie", cookie);
    }
    try {
      HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
      if (answer.statusCode() >= 300) {
        throw new AssertionError(method + " " + path + ": " + answer.body());
      }
      answer
          .headers()
          .firstValue("set-cookie")
          .ifPresent(set -> cookie = set.substring(0, set.indexOf(';')));
      return Json.parse(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
