package io.carillon.acceptance.harness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket that says exactly what a test tells it to and keeps all that it hears. What arrived
 * is guarded by the lock.
 */
public final class RawSocket implements AutoCloseable {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  /** How the server closed the connection. */
  public record Closed(int code, String reason) {}

  private final Lock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final List<Frame> history = new ArrayList<>();
  private final List<Frame> untaken = new ArrayList<>();
  private final CompletableFuture<Closed> closed = new CompletableFuture<>();
  private final CompletableFuture<String> pong = new CompletableFuture<>();
  private final WebSocket socket;
  private String socketId = "";

  private RawSocket(URI uri) {
    this.socket =
        Deadline.await(
            "connection to " + uri, CLIENT.newWebSocketBuilder().buildAsync(uri, new Ears()));
  }

  /** Connects without waiting for the server's first message. */
  public static RawSocket open(URI uri) {
    return new RawSocket(uri);
  }

  /** Connects and waits for the server's welcome. */
  public static RawSocket connect(URI uri) {
    RawSocket socket = new RawSocket(uri);
    socket.socketId =
        socket.await("pusher:connection_established").data().path("socket_id").asText();
    return socket;
  }

  public String socketId() {
    return socketId;
  }

  public void send(String text) {
    Deadline.await("sending", socket.sendText(text, true));
  }

  public void sendBinary(byte[] bytes) {
    Deadline.await("sending", socket.sendBinary(ByteBuffer.wrap(bytes), true));
  }

  /** Sends an event with these names and values, in turn, as its data. */
  public void sendEvent(String event, Object... data) {
    send(Json.object("event", event, "data", Json.map(data)));
  }

  public void sendClientEvent(String event, String channel, Object data) {
    send(Json.object("event", event, "channel", channel, "data", data));
  }

  /** A WebSocket ping; answers what came back in the pong. */
  public String ping(String content) {
    Deadline.await("sending", socket.sendPing(ByteBuffer.wrap(content.getBytes(UTF_8))));
    return Deadline.await("pong", pong);
  }

  public void unsubscribe(String channel) {
    sendEvent("pusher:unsubscribe", "channel", channel);
  }

  /** The first message with this event that was not taken yet; it is taken now. */
  public Frame await(String event) {
    return await(event, frame -> frame.event().equals(event));
  }

  /** The first message with this event on this channel that was not taken yet. */
  public Frame await(String event, String channel) {
    return await(
        event + " on " + channel,
        frame -> frame.event().equals(event) && channel.equals(frame.channel()));
  }

  public Frame await(String what, Predicate<Frame> wanted) {
    lock.lock();
    try {
      long left = Deadline.DEFAULT.toNanos();
      Frame frame = take(wanted);
      while (frame == null) {
        if (left <= 0 || closed.isDone()) {
          throw new AssertionError(
              "no " + what + (closed.isDone() ? "; " + closed.join() : "") + "; seen: " + history);
        }
        left = arrived.awaitNanos(left);
        frame = take(wanted);
      }
      return frame;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for " + what, e);
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Frame take(Predicate<Frame> wanted) {
    for (Frame frame : untaken) {
      if (wanted.test(frame)) {
        untaken.remove(frame);
        return frame;
      }
    }
    return null;
  }

  /** All that arrived until now with this event. */
  public List<Frame> heard(String event) {
    lock.lock();
    try {
      return history.stream().filter(frame -> frame.event().equals(event)).toList();
    } finally {
      lock.unlock();
    }
  }

  /** Every message that arrived until now. */
  public List<Frame> heard() {
    lock.lock();
    try {
      return List.copyOf(history);
    } finally {
      lock.unlock();
    }
  }

  /** Waits for a message or for the close, whichever comes first. */
  public void awaitAnything() {
    Deadline.await("message or close", () -> !heard().isEmpty() || closed.isDone());
  }

  public Closed awaitClose() {
    return Deadline.await("close", closed);
  }

  /** Proves that the server still listens and has handled all that was sent before. */
  public void assertAlive() {
    sendEvent("pusher:ping");
    await("pusher:pong");
    assertThat(closed).isNotDone();
  }

  @Override
  public void close() {
    if (!socket.isOutputClosed()) {
      socket.sendClose(WebSocket.NORMAL_CLOSURE, "");
      closed
          .completeOnTimeout(new Closed(0, "no answer to the close"), 2, TimeUnit.SECONDS)
          .exceptionally(failure -> new Closed(0, String.valueOf(failure)))
          .join();
    }
    socket.abort();
  }

  /** Drops the connection without a close frame. */
  public void abort() {
    socket.abort();
  }

  /** Called by one thread at a time. */
  private final class Ears implements WebSocket.Listener {
    private final StringBuilder parts = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      parts.append(part);
      if (last) {
        hear(Frame.parse(parts.toString()));
        parts.setLength(0);
      }
      from.request(1);
      return null;
    }

    private void hear(Frame frame) {
      lock.lock();
      try {
        history.add(frame);
        untaken.add(frame);
        arrived.signalAll();
      } finally {
        lock.unlock();
      }
    }

    @Override
    public @Nullable CompletionStage<?> onPong(WebSocket from, ByteBuffer content) {
      pong.complete(UTF_8.decode(content).toString());
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      end(new Closed(code, reason));
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
      end(new Closed(1006, String.valueOf(failure)));
    }

    private void end(Closed how) {
      lock.lock();
      try {
        closed.complete(how);
        arrived.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }
}
