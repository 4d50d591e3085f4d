package io.carillon.acceptance.harness;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A WebSocket of the native protocol, frame by frame. Confined to its test. */
public final class NativeSocket implements AutoCloseable {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final LinkedBlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final WebSocket socket;

  /** Connects with the application's key and waits for the welcome. */
  public NativeSocket(URI server, String key) {
    this(server, "key", key);
  }

  private NativeSocket(URI server, String credential, String value) {
    URI uri = URI.create("ws://" + server.getAuthority() + "/v1/realtime");
    this.socket =
        Deadline.await(
            "connection to " + uri,
            CLIENT.newWebSocketBuilder().subprotocols("carillon.v1").buildAsync(uri, new Ears()));
    send(Json.object("t", "hello", "i", 1, credential, value));
    await("welcome");
  }

  /** Connects with a client token and waits for the welcome. */
  public static NativeSocket withToken(URI server, String token) {
    return new NativeSocket(server, "token", token);
  }

  public void send(String frame) {
    Deadline.await("sending", socket.sendText(frame, true));
  }

  /** The next frame of this type; others are passed over. */
  public JsonNode await(String type) {
    try {
      JsonNode frame = frames.poll(Deadline.DEFAULT.toMillis(), TimeUnit.MILLISECONDS);
      while (frame != null && !frame.path("t").asText().equals(type)) {
        frame = frames.poll(Deadline.DEFAULT.toMillis(), TimeUnit.MILLISECONDS);
      }
      if (frame == null) {
        throw new AssertionError("no " + type + " within " + Deadline.DEFAULT);
      }
      return frame;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for " + type, e);
    }
  }

  /** Whether the server has closed it. */
  public boolean isClosed() {
    return closed.isDone();
  }

  /** With which code the server closed it. */
  public int closeCode() {
    return Deadline.await("close", closed);
  }

  @Override
  public void close() {
    socket.abort();
  }

  /** Called by one thread at a time. */
  private final class Ears implements WebSocket.Listener {
    private final StringBuilder parts = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      parts.append(part);
      if (last) {
        JsonNode heard = Json.parse(parts.toString());
        if (heard.isArray()) {
          heard.forEach(frames::add);
        } else {
          frames.add(heard);
        }
        parts.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      closed.complete(code);
      return null;
    }
  }
}
