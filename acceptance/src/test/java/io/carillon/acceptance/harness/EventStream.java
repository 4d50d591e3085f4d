package io.carillon.acceptance.harness;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** An event stream of the native protocol, line by line. Confined to its test. */
public final class EventStream implements AutoCloseable {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final InputStream body;
  private final BufferedReader lines;
  private @Nullable String lastId;

  /**
   * Opens a stream of one channel.
   *
   * @param lastId where it goes on, or null for a new one
   */
  public EventStream(TestApp app, String channel, @Nullable String lastId) {
    URI uri = URI.create(app.server() + "/v1/sse?key=" + app.key() + "&ch=" + channel);
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(Deadline.DEFAULT);
    if (lastId != null) {
      request.header("Last-Event-ID", lastId);
    }
    HttpResponse<InputStream> response =
        Deadline.await("stream", CLIENT.sendAsync(request.build(), BodyHandlers.ofInputStream()));
    this.lastId = lastId;
    this.body = response.body();
    this.lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
  }

  /** What came with the last id, or was asked for. */
  public @Nullable String lastId() {
    return lastId;
  }

  /** The object of the next event that has one. */
  public JsonNode next() {
    try {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("id: ")) {
          lastId = line.substring("id: ".length());
        } else if (line.startsWith("data: ")) {
          return Json.parse(line.substring("data: ".length()));
        }
      }
      throw new AssertionError("the stream ended");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      body.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
