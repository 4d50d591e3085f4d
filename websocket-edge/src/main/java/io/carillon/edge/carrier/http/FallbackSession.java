package io.carillon.edge.carrier.http;

import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.hub.Encoder;
import io.carillon.core.hub.SharedFrame;
import io.carillon.core.metric.NodeCounters;
import io.carillon.core.runtime.Lane;
import io.carillon.core.session.KeepAlive;
import io.carillon.core.session.Outlet;
import io.carillon.core.session.ServerEvent;
import io.carillon.core.session.Session;
import io.carillon.edge.carrier.EdgeSettings;
import io.carillon.edge.carrier.FramingEncoder;
import io.carillon.edge.carrier.JoinedFrame;
import io.carillon.edge.protocol.Dialect;
import io.carillon.edge.protocol.Dialect.Reply;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection over one HTTP response after the other; confined to its lane. What it sends
 * comes by requests of its own. It lives on for a while when no response waits, since the client
 * comes back with the next one.
 */
final class FallbackSession implements Outlet, Dialect.Voice {
  /** Without a response that waits, the client is taken to be gone after this time. */
  private static final Duration ABSENCE = Duration.ofSeconds(15);

  /** Proxies cut a response that is silent for longer; polls are answered by it. */
  private static final Duration HEARTBEAT_INTERVAL = Duration.ofSeconds(25);

  private final Lane lane;
  private final Dialect dialect;
  private final FramingEncoder.Registry encoders;
  private final int queueBytesMax;
  private final Runnable forget;
  private final KeepAlive keepAlive;
  private final ArrayDeque<byte[]> queue = new ArrayDeque<>();
  private int queuedBytes;
  private @Nullable Receiver receiver;
  private long absentSince;
  private long lastDrained;
  private @Nullable Session session;
  private boolean closing;
  private boolean inTurn;

  /**
   * A session that nobody has opened yet.
   *
   * @param forget takes it out of the list of sessions
   */
  FallbackSession(Lane lane, Format format, EdgeSettings settings, Runnable forget) {
    this.lane = lane;
    this.dialect = format.dialect();
    this.encoders = format.encoders();
    this.queueBytesMax = settings.outboxBytesMax();
    this.forget = forget;
    this.absentSince = System.nanoTime();
    this.lastDrained = absentSince;
    this.keepAlive = new KeepAlive(dialect.timeouts(), absentSince);
    enqueue(HttpFraming.OPEN);
  }

  /** What a session speaks, and how what it shares with others is written. */
  record Format(Dialect dialect, FramingEncoder.Registry encoders) {}

  @Override
  public Encoder encoder(Dialect other) {
    return encoders.of(other);
  }

  Lane lane() {
    return lane;
  }

  void opened(Session opened, byte[] hello) {
    session = opened;
    enqueue(HttpFraming.message(hello));
  }

  /** The client waits for frames here now; an earlier response is completed. */
  void attach(Receiver next) {
    lane.assertCurrent();
    keepAlive.received(System.nanoTime());
    Receiver earlier = receiver;
    receiver = next;
    if (earlier != null) {
      earlier.complete();
    }
    if (queue.isEmpty() && next.isStream()) {
      enqueue(HttpFraming.HEARTBEAT); // else a proxy sees no response until something happens
    }
    drain();
  }

  /** The response has ended without us. */
  void detach(Receiver ended) {
    lane.assertCurrent();
    if (receiver == ended) {
      receiver = null;
      absentSince = System.nanoTime();
    }
  }

  /** What the client sent, in its order; an empty list is a sign of life. */
  void received(List<byte[]> messages) {
    lane.assertCurrent();
    keepAlive.received(System.nanoTime());
    for (byte[] message : messages) {
      Session current = session;
      if (current == null || closing) {
        return;
      }
      switch (dialect.receive(current, this, message)) {
        case Reply.Silence silence -> {}
        case Reply.Send(var answers) -> answers.forEach(this::enqueueMessage);
        case Reply.Close(var problem) -> close(problem);
        case Reply.End end -> end();
      }
    }
    drain();
  }

  @Override
  public boolean offer(SharedFrame frame, int from, int to) {
    ByteBuf parts = ((JoinedFrame) frame).parts(from, to);
    byte[] bytes = new byte[parts.readableBytes()];
    parts.readBytes(bytes).release();
    enqueueEach(bytes);
    boolean first = !inTurn;
    inTurn = true;
    return first;
  }

  @Override
  public void endTurn() {
    inTurn = false;
    drain();
  }

  @Override
  public void send(ServerEvent event) {
    dialect.encode(event).forEach(this::say);
  }

  @Override
  public void say(byte[] message) {
    enqueueMessage(message);
    if (!inTurn) {
      drain();
    }
  }

  @Override
  public void tick(long nowNanos) {
    if (receiver == null && nowNanos - absentSince >= ABSENCE.toNanos()) {
      endSession(NodeCounters.CUT);
      end();
      return;
    }
    if (receiver != null && nowNanos - lastDrained >= HEARTBEAT_INTERVAL.toNanos()) {
      enqueue(HttpFraming.HEARTBEAT);
      drain();
    }
    switch (keepAlive.check(nowNanos)) {
      case FINE -> {}
      case PING -> {
        enqueue(HttpFraming.HEARTBEAT);
        drain();
      }
      case GIVE_UP -> close(Problem.of(ErrorCode.PONG_TIMEOUT));
    }
  }

  @Override
  public void close(Problem problem) {
    if (closing) {
      return;
    }
    dialect.farewell(problem).forEach(this::enqueueMessage);
    queue.addLast(HttpFraming.close(dialect.closeCode(problem), problem.detail()));
    closing = true;
    endSession(dialect.closeCode(problem));
    drain();
    lane.schedule(this::end, EdgeSettings.CLOSE_TIME);
  }

  /** Frame by frame, since a response may end between any two. */
  private void enqueueEach(byte[] frames) {
    int begin = 0;
    for (int i = 0; i < frames.length; i++) {
      if (frames[i] == '\n') {
        enqueue(Arrays.copyOfRange(frames, begin, i + 1));
        begin = i + 1;
      }
    }
  }

  private void enqueueMessage(byte[] message) {
    enqueue(HttpFraming.message(message));
  }

  private void enqueue(byte[] frames) {
    if (closing) {
      return;
    }
    if (queuedBytes + frames.length > queueBytesMax) {
      queue.clear();
      queuedBytes = 0;
      if (session != null) {
        session.tooSlow();
      }
      close(Problem.of(ErrorCode.SLOW_CONSUMER));
      return;
    }
    queue.addLast(frames);
    queuedBytes += frames.length;
  }

  /** Hands what is queued to the response that waits, as far as it takes it. */
  void drain() {
    lastDrained = System.nanoTime();
    Receiver waiting = receiver;
    while (waiting != null && !queue.isEmpty() && waiting.isReady()) {
      if (waiting.take(nextChunk(waiting.chunkBytes()))) {
        receiver = null;
        absentSince = System.nanoTime();
        waiting = null;
      }
    }
    if (closing && queue.isEmpty() && waiting != null) {
      end();
    }
  }

  private byte[] nextChunk(int bytes) {
    ByteArrayOutputStream chunk = new ByteArrayOutputStream();
    while (!queue.isEmpty() && chunk.size() < bytes) {
      chunk.writeBytes(queue.removeFirst());
    }
    queuedBytes = Math.max(0, queuedBytes - chunk.size());
    return chunk.toByteArray();
  }

  private void end() {
    closing = true;
    endSession(NodeCounters.NORMAL);
    forget.run();
    Receiver waiting = receiver;
    receiver = null;
    if (waiting != null) {
      waiting.complete();
    }
  }

  private void endSession(int closeCode) {
    Session current = session;
    if (current != null) {
      session = null;
      current.ended(closeCode);
    }
  }
}
