package io.carillon.client.testing;

import io.carillon.client.internal.Json;
import io.carillon.client.internal.Lane;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Both ends of one connection in memory: what is said arrives soon, in order, and joined per turn.
 * Messages come without being asked for. Confined to the lane, but for the client's methods, which
 * any thread may call.
 */
final class Line implements WebSocket {
  /** The close code of a connection that broke. */
  static final int LOST = 1006;

  private final Hub hub;
  private final Lane lane;
  private final Listener listener;
  private final StringBuilder part = new StringBuilder();
  private List<Map<String, Object>> down = new ArrayList<>();
  private volatile boolean open = true;

  Line(Hub hub, Lane lane, Listener listener) {
    this.hub = hub;
    this.lane = lane;
    this.listener = listener;
  }

  boolean isOpen() {
    return open;
  }

  void opened() {
    listener.onOpen(this);
  }

  /** The server says something. */
  void say(Map<String, Object> frame) {
    if (open) {
      down.add(frame);
      if (down.size() == 1) {
        lane.execute(this::flush);
      }
    }
  }

  private void flush() {
    List<Map<String, Object>> frames = down;
    down = new ArrayList<>();
    if (open && !frames.isEmpty()) {
      listener.onText(this, Json.write(frames), true);
    }
  }

  /** The server ends it; what was said before still arrives. */
  void end(int code, String reason) {
    if (open) {
      flush();
      open = false;
      if (code == LOST) {
        listener.onError(this, new java.io.IOException("the connection broke"));
      } else {
        listener.onClose(this, code, reason);
      }
    }
  }

  @Override
  public CompletableFuture<WebSocket> sendText(CharSequence data, boolean last) {
    part.append(data);
    if (last) {
      String message = part.toString();
      part.setLength(0);
      lane.execute(() -> hub.said(this, message));
    }
    return CompletableFuture.completedFuture(this);
  }

  /** Clause 1.1: this server speaks JSON alone. */
  @Override
  public CompletableFuture<WebSocket> sendBinary(ByteBuffer data, boolean last) {
    lane.execute(() -> hub.said(this, ""));
    return CompletableFuture.completedFuture(this);
  }

  @Override
  public CompletableFuture<WebSocket> sendPing(ByteBuffer message) {
    return CompletableFuture.completedFuture(this);
  }

  @Override
  public CompletableFuture<WebSocket> sendPong(ByteBuffer message) {
    return CompletableFuture.completedFuture(this);
  }

  @Override
  public CompletableFuture<WebSocket> sendClose(int statusCode, String reason) {
    // what was sent before still arrives
    lane.execute(this::abort);
    return CompletableFuture.completedFuture(this);
  }

  @Override
  public void request(long n) {}

  @Override
  public String getSubprotocol() {
    return "carillon.v1";
  }

  @Override
  public boolean isOutputClosed() {
    return !open;
  }

  @Override
  public boolean isInputClosed() {
    return !open;
  }

  @Override
  public void abort() {
    lane.execute(
        () -> {
          open = false;
          hub.left(this);
        });
  }
}
