package io.carillon.standalone.cli;

import io.carillon.core.auth.Signatures;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Subscribes to one channel and prints what arrives until the connection ends. The socket calls the
 * listener one call at a time, so its state needs no guard.
 */
final class SubscribeCommand implements WebSocket.Listener {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int MESSAGE_CHARS_MAX = 16_777_216;
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

  private final Target target;
  private final String channel;
  private final PrintStream out;
  private final PrintStream err;
  private final CompletableFuture<String> ended = new CompletableFuture<>();
  private final StringBuilder message = new StringBuilder();

  /** Messages go to {@code out}, everything else to {@code err}. */
  SubscribeCommand(Target target, String channel, PrintStream out, PrintStream err) {
    this.target = target;
    this.channel = channel;
    this.out = out;
    this.err = err;
  }

  /** Ends only when the connection does, with the reason. */
  void run() {
    String scheme = "https".equals(target.url().getScheme()) ? "wss" : "ws";
    URI uri =
        URI.create(
            "%s://%s/app/%s?protocol=7&client=carillon-cli&version=1"
                .formatted(scheme, target.url().getRawAuthority(), target.key()));
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      client.newWebSocketBuilder().connectTimeout(PATIENCE).buildAsync(uri, this).join();
      throw CommandException.failed(ended.join());
    } catch (CompletionException e) {
      throw failure(e.getCause() == null ? e : e.getCause());
    }
  }

  private CommandException failure(Throwable cause) {
    if (cause instanceof ConnectException) {
      return CommandException.noServer(target);
    }
    if (cause instanceof WebSocketHandshakeException refused) {
      return CommandException.failed(
          target.url() + " is no Carillon server: HTTP " + refused.getResponse().statusCode());
    }
    return CommandException.failed("no connection to " + target.url() + ": " + cause.getMessage());
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
    if (message.length() + part.length() > MESSAGE_CHARS_MAX) {
      ended.complete("message: too long (expected: at most " + MESSAGE_CHARS_MAX + " characters)");
      socket.abort();
      return null;
    }
    message.append(part);
    if (last) {
      String text = message.toString();
      message.setLength(0);
      try {
        received(socket, Json.read(text));
      } catch (IllegalArgumentException e) {
        err.println("not understood: " + text);
      }
    }
    socket.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
    ended.complete(
        "closed by the server: " + (reason.isEmpty() ? "" : reason + " ") + "(" + code + ")");
    return null;
  }

  @Override
  public void onError(WebSocket socket, Throwable error) {
    ended.complete("connection lost: " + error.getMessage());
  }

  private void received(WebSocket socket, Map<String, String> frame) {
    String event = frame.getOrDefault("event", "");
    String data = frame.getOrDefault("data", "");
    switch (event) {
      case "pusher:connection_established" ->
          send(socket, subscription(Json.read(data).getOrDefault("socket_id", "")));
      case "pusher:ping" -> send(socket, "{\"event\":\"pusher:pong\",\"data\":{}}");
      case "pusher_internal:subscription_succeeded" ->
          err.println("Subscribed to " + channel + " at " + target.url() + "; Ctrl-C ends");
      // With one channel there is nothing left to wait for.
      case "pusher:error" -> {
        ended.complete("refused: " + Json.read(data).getOrDefault("message", data));
        socket.abort();
      }
      case "pusher:pong", "pusher:subscription_error", "pusher:cache_miss" -> {}
      default -> print(event, data);
    }
  }

  /** What the server tells by itself, such as a member that joined, is not a message. */
  private void print(String event, String data) {
    String internal = "pusher_internal:";
    if (event.startsWith(internal)) {
      err.println(event.substring(internal.length()) + "  " + data);
    } else {
      out.println(LocalTime.now(ZoneId.systemDefault()).format(CLOCK) + "  " + event + "  " + data);
    }
  }

  /** Private and presence channels are signed here, as a backend of the application would. */
  private String subscription(String socketId) {
    boolean presence = channel.startsWith("presence-");
    String member =
        Json.object(
            json -> json.writeStringField("user_id", "cli-" + ProcessHandle.current().pid()));
    String signed = socketId + ":" + channel + (presence ? ":" + member : "");
    return Json.object(
        json -> {
          json.writeStringField("event", "pusher:subscribe");
          json.writeObjectFieldStart("data");
          json.writeStringField("channel", channel);
          if (presence || channel.startsWith("private-")) {
            json.writeStringField(
                "auth", target.key() + ":" + Signatures.sign(target.secret(), signed));
          }
          if (presence) {
            json.writeStringField("channel_data", member);
          }
          json.writeEndObject();
        });
  }

  private void send(WebSocket socket, String text) {
    socket.sendText(text, true);
  }
}
