package io.carillon.client;

import io.carillon.client.internal.Json;
import io.carillon.client.internal.Lane;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket of the JDK. Confined to the lane, but for the message that is being assembled, which
 * belongs to the WebSocket's callbacks; these come one after the other. A next message is asked for
 * when the lane is done with the last one.
 */
final class SocketLink implements Link, WebSocket.Listener {
  /** Clause 1.2. */
  private static final int FRAMES_MAX = 100;

  /** Characters of a message with several frames; far below what servers take (128 KiB). */
  private static final int BATCH_MAX = 30_000;

  /** Characters or bytes; far above what servers send. */
  private static final int MESSAGE_MAX = 32 << 20;

  private static final int LOST = 1006;
  private static final long GOODBYE_MILLIS_MAX = 1_000;
  private static final Duration OPEN_MAX = Duration.ofSeconds(15);
  private static final String JSON = "carillon.v1";
  private static final String MESSAGE_PACK = "carillon.v1.msgpack";

  private final Lane lane;
  private final Listener listener;
  private final Queue<String> waiting = new ArrayDeque<>();
  private final StringBuilder text = new StringBuilder();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private @Nullable WebSocket socket;
  private boolean binary;
  private boolean sending;
  private boolean closing;
  private boolean ended;

  private SocketLink(Lane lane, Listener listener) {
    this.lane = lane;
    this.listener = listener;
  }

  /** Begins to open one; failures are told as a close. */
  static Link open(
      Lane lane, ClientOptions options, HttpClient client, URI url, Listener listener) {
    SocketLink link = new SocketLink(lane, listener);
    client
        .newWebSocketBuilder()
        .subprotocols(options.messagePack ? MESSAGE_PACK : JSON)
        .connectTimeout(OPEN_MAX)
        .buildAsync(url, link)
        .whenComplete(
            (opened, thrown) -> {
              if (thrown != null) {
                lane.execute(() -> link.end(LOST, String.valueOf(thrown.getMessage())));
              }
            });
    return link;
  }

  @Override
  public void send(List<String> frames) {
    waiting.addAll(frames);
    pump();
  }

  @Override
  public void close() {
    ended = true;
    closing = true;
    WebSocket open = socket;
    if (open != null) {
      lane.schedule(GOODBYE_MILLIS_MAX, open::abort);
      pump();
    }
  }

  @Override
  public void abort() {
    ended = true;
    waiting.clear();
    WebSocket open = socket;
    if (open != null) {
      open.abort();
    }
  }

  private void pump() {
    WebSocket open = socket;
    if (open == null || sending) {
      return;
    }
    if (!waiting.isEmpty()) {
      sending = true;
      String batch = batch();
      CompletableFuture<WebSocket> underWay =
          binary
              ? open.sendBinary(ByteBuffer.wrap(MessagePack.of(Json.read(batch))), true)
              : open.sendText(batch, true);
      underWay.whenComplete((done, thrown) -> lane.execute(() -> sent(thrown)));
    } else if (closing) {
      closing = false;
      open.sendClose(WebSocket.NORMAL_CLOSURE, "").whenComplete((done, thrown) -> open.abort());
    }
  }

  private String batch() {
    String first = waiting.remove();
    if (waiting.isEmpty()) {
      return first;
    }
    StringBuilder batch = new StringBuilder(first.length() * 2).append('[').append(first);
    int frames = 1;
    for (String next = waiting.peek();
        next != null && frames < FRAMES_MAX && batch.length() + next.length() < BATCH_MAX;
        next = waiting.peek()) {
      batch.append(',').append(waiting.remove());
      frames++;
    }
    return batch.append(']').toString();
  }

  private void sent(@Nullable Throwable thrown) {
    sending = false;
    if (thrown == null) {
      pump();
    } else {
      end(LOST, String.valueOf(thrown.getMessage()));
    }
  }

  private void end(int code, String reason) {
    if (!ended) {
      abort();
      listener.closed(code, reason);
    }
  }

  @Override
  public void onOpen(WebSocket opened) {
    lane.execute(
        () -> {
          if (ended) {
            opened.abort();
          } else {
            socket = opened;
            binary = opened.getSubprotocol().equals(MESSAGE_PACK);
            listener.opened();
            pump();
            opened.request(1);
          }
        });
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    text.append(data);
    if (isWhole(from, text.length(), last)) {
      String message = text.toString();
      text.setLength(0);
      lane.execute(() -> arrived(from, () -> Json.read(message)));
    }
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
    byte[] part = new byte[data.remaining()];
    data.get(part);
    bytes.writeBytes(part);
    if (isWhole(from, bytes.size(), last)) {
      byte[] message = bytes.toByteArray();
      bytes.reset();
      lane.execute(() -> arrived(from, () -> MessagePack.read(message)));
    }
    return null;
  }

  /** Whether a message is there as a whole and of a fair size; else the next part is asked for. */
  private boolean isWhole(WebSocket from, int size, boolean last) {
    if (size > MESSAGE_MAX) {
      lane.execute(() -> end(LOST, "a message of more than " + MESSAGE_MAX));
    } else if (last) {
      return true;
    } else {
      from.request(1);
    }
    return false;
  }

  private void arrived(WebSocket from, Supplier<@Nullable Object> message) {
    if (ended) {
      return;
    }
    try {
      listener.received(Frame.of(message.get()));
    } catch (IllegalArgumentException malformed) {
      end(LOST, String.valueOf(malformed.getMessage()));
    } finally {
      // else an error in one message would silence all that follow
      from.request(1);
    }
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    lane.execute(() -> end(code, reason));
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    lane.execute(() -> end(LOST, String.valueOf(error.getMessage())));
  }
}
