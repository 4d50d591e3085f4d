package io.carillon.client.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A connection without the library: what it was told, and how it ended. Confined to the test. */
final class Wire implements WebSocket.Listener {
  int code;

  private final List<JsonNode> frames = new ArrayList<>();
  private final WebSocket socket;

  Wire(HttpClient http) {
    socket = http.newWebSocketBuilder().buildAsync(URI.create("ws://localhost"), this).join();
  }

  void send(String text) {
    socket.sendText(text, true).join();
  }

  void cut() {
    socket.abort();
  }

  /** What came next, so many frames at most. */
  List<JsonNode> take(int count) {
    List<JsonNode> taken = new ArrayList<>(frames.subList(0, Math.min(count, frames.size())));
    frames.subList(0, taken.size()).clear();
    return taken;
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    try {
      new ObjectMapper().readTree(data.toString()).forEach(frames::add);
    } catch (JsonProcessingException notJson) {
      throw new IllegalStateException(notJson);
    }
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int closeCode, String reason) {
    code = closeCode;
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    code = 1006;
  }
}
