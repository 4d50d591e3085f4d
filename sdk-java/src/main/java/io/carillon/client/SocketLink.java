package io.carillon.client;

import io.carillon.client.internal.Lane;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket of the JDK. Confined to the lane, but for the text that is being assembled, which
 * belongs to the WebSocket's callbacks; these come one after the other. A next message is asked for
 * when the lane is done with the last one.
 */
final class SocketLink implements Link, WebSocket.Listener {
  /** Clause 1.2. */
  private static final int FRAMES_MAX = 100;

  /** Characters of a message with several frames; far below what servers take (128 KiB). */
  private static final int BATCH_MAX = 30_000;

  /** Characters; far above what servers send. */
  private static final int MESSAGE_MAX = 32 << 20;

  private static final int LOST = 1006;
  private static final long GOODBYE_MILLIS_MAX = 1_000;
  private static final Duration OPEN_MAX = Duration.ofSeconds(15);
  private static final String PROTOCOL = "carillon.v1";

  private final Lane lane;
  private final Listener listener;
  private final Queue<String> waiting = new ArrayDeque<>();
  private final StringBuilder assembled = new StringBuilder();
  private @Nullable WebSocket socket;
  private boolean sending;
  private boolean closing;
  private boolean ended;

  private SocketLink(Lane lane, Listener listener) {
    this.lane = lane;
    this.listener = listener;
  }

  /** Begins to open one; failures are told as a close. */
  static Link open(Lane lane, HttpClient client, URI url, Listener listener) {
    SocketLink link = new SocketLink(lane, listener);
    client
        .newWebSocketBuilder()
        .subprotocols(PROTOCOL)
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
      open.sendText(batch(), true).whenComplete((done, thrown) -> lane.execute(() -> sent(thrown)));
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
            listener.opened();
            pump();
            opened.request(1);
          }
        });
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    assembled.append(data);
    if (assembled.length() > MESSAGE_MAX) {
      lane.execute(() -> end(LOST, "a message of more than " + MESSAGE_MAX + " characters"));
    } else if (last) {
      String message = assembled.toString();
      assembled.setLength(0);
      lane.execute(() -> arrived(from, message));
    } else {
      from.request(1);
    }
    return null;
  }

  private void arrived(WebSocket from, String message) {
    if (ended) {
      return;
    }
    try {
      listener.received(Frame.all(message));
    } catch (IllegalArgumentException notJson) {
      end(LOST, String.valueOf(notJson.getMessage()));
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
