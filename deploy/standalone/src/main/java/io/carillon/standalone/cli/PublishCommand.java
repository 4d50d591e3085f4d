package io.carillon.standalone.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/** Publishes one event through the signed HTTP API. Stateless. */
final class PublishCommand {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int OK = 200;

  private PublishCommand() {}

  static void run(Target target, String channel, String event, String data, PrintStream out) {
    String body =
        Json.object(
            json -> {
              json.writeStringField("name", event);
              json.writeArrayFieldStart("channels");
              json.writeString(channel);
              json.writeEndArray();
              json.writeStringField("data", data);
            });
    HttpResponse<String> response = post(target, body.getBytes(StandardCharsets.UTF_8));
    if (response.statusCode() != OK) {
      throw CommandException.failed(
          "not published: " + response.body().strip() + " (HTTP " + response.statusCode() + ")");
    }
    out.println("Published " + event + " to " + channel);
  }

  private static HttpResponse<String> post(Target target, byte[] body) {
    String path = "/apps/" + target.app() + "/events";
    String query = Signing.query(target, "POST", path, body, Instant.now().getEpochSecond());
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(target.url() + path + "?" + query))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    try (HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (ConnectException e) {
      throw CommandException.noServer(target);
    } catch (IOException e) {
      throw CommandException.failed("no answer from " + target.url() + ": " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandException.failed("interrupted");
    }
  }
}
