package io.carillon.edge.carrier.sse;

import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.ErrorCode.Retry;
import io.carillon.core.error.Problem;
import io.carillon.core.hub.SharedFrame;
import io.carillon.core.metric.NodeCounters;
import io.carillon.core.model.ChannelName;
import io.carillon.core.session.Arrival;
import io.carillon.core.session.KeepAlive.Timeouts;
import io.carillon.core.session.Outlet;
import io.carillon.core.session.ServerEvent;
import io.carillon.core.session.Session;
import io.carillon.core.session.Session.OpenOutcome;
import io.carillon.core.session.Session.Opening;
import io.carillon.core.session.SubscribeOutcome.Subscribed;
import io.carillon.edge.carrier.EdgeSettings;
import io.carillon.edge.carrier.JoinedFrame;
import io.carillon.edge.carrier.Lanes;
import io.carillon.edge.carrier.Outbox;
import io.carillon.edge.carrier.follow.Track;
import io.carillon.edge.protocol.ClientProtocol.Greeting;
import io.carillon.edge.protocol.Dialect;
import io.carillon.edge.protocol.Dialect.Reply;
import io.carillon.edge.protocol.Follower;
import io.carillon.edge.protocol.carillon.Wishes.Wish;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stream of events: the last and only handler of its pipeline. Confined to its event loop,
 * which is its session's lane. What it has sent it also counts, so that its client can come back
 * with a cursor alone.
 */
public final class SseCarrier extends ChannelInboundHandlerAdapter
    implements Outlet, Dialect.Voice, Follower {
  private static final Logger LOG = LoggerFactory.getLogger(SseCarrier.class);

  /** Where the transport cannot tell, a reader that vanished is noticed by then at the latest. */
  private static final long LIFE_NANOS = TimeUnit.MINUTES.toNanos(50);

  private static final long LIFE_SPREAD_NANOS = TimeUnit.MINUTES.toNanos(10);

  /**
   * By their names, so that the transports need not be there; a socket passes over a foreign one.
   */
  private static final List<ChannelOption<Integer>> USER_TIMEOUTS =
      List.of(
          ChannelOption.valueOf("io.netty.channel.epoll.EpollChannelOption#TCP_USER_TIMEOUT"),
          ChannelOption.valueOf("io.netty.channel.uring.IoUringChannelOption#TCP_USER_TIMEOUT"));

  /** Channels that are asked for at once, as each may be given a long past. */
  private static final int ASKED_MAX = 2;

  private static final int RETRY_SOON_MILLIS = 1_000;
  private static final int RETRY_LATER_MILLIS = 5_000;

  private final SseCarriers shared;
  private final Greeting.Welcome greeting;
  private @Nullable Arrival by;
  private final SseFraming framing;
  private final Track track;
  private final ArrayDeque<Wish> wishes;
  private final Set<ChannelName> asked = new HashSet<>();
  private final long endsAt;
  private long lastWritten = System.nanoTime();
  private @Nullable ChannelHandlerContext context;
  private @Nullable Outbox outbox;
  private @Nullable Session session;
  private @Nullable String name;
  private boolean closing;
  private boolean inTurn;

  /** While requests of the client, or for it, are carried out: who does that flushes. */
  private boolean busy;

  SseCarrier(SseCarriers shared, SseCarriers.Asked asked, SseFraming framing) {
    List<Wish> wishes = asked.wishes();
    this.shared = shared;
    this.greeting = asked.greeting();
    this.by = asked.by();
    this.framing = framing;
    this.track = new Track(wishes);
    this.wishes = new ArrayDeque<>(wishes);
    this.endsAt =
        System.nanoTime() + LIFE_NANOS + ThreadLocalRandom.current().nextLong(LIFE_SPREAD_NANOS);
  }

  /** The head of the response has been sent. */
  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    this.context = context;
    this.outbox = new Outbox(context, shared.settings().outboxBytesMax());
    endUnacknowledged(context.channel().config());
    sayLines("retry: " + RETRY_SOON_MILLIS + "\n\n");
    Lanes lanes = shared.lanes();
    Opening opening =
        new Opening(
            greeting.key(),
            greeting.rights(),
            this,
            shared.encoders(framing).of(greeting.dialect()),
            Objects.requireNonNull(by));
    by = null; // the session has its own of what is kept, which is shared
    switch (lanes.node().open(lanes.of(context.channel().eventLoop()), opening)) {
      case OpenOutcome.Refused(var problem) -> close(problem);
      case OpenOutcome.Opened(var opened) -> {
        session = opened;
        name = opened.secret().reveal();
        shared.register(name, this);
        sendMessage(greeting.hello().apply(opened));
        flush();
      }
    }
  }

  /**
   * A stream's client says nothing by which it could be missed, so the kernel ends the connection
   * when what was sent is not acknowledged for twice the heartbeat ({@code TCP_USER_TIMEOUT},
   * tcp(7); it would try for a quarter of an hour). The JDK's transport has no such option.
   */
  private void endUnacknowledged(ChannelConfig socket) {
    int millis = (int) timeouts().activity().plus(timeouts().pong()).toMillis();
    USER_TIMEOUTS.forEach(option -> socket.setOption(option, millis));
  }

  private Timeouts timeouts() {
    return greeting.dialect().timeouts();
  }

  /** Nothing is to come behind the request. */
  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ReferenceCountUtil.release(message);
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (outbox != null && context.channel().isWritable()) {
      outbox.drain();
      flush();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    closing = true;
    endSession(NodeCounters.CUT);
    if (outbox != null) {
      outbox.clear();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (!(cause instanceof IOException)) {
      LOG.error("a stream failed", cause);
    }
    context.close();
  }

  /**
   * What the client sends beside the stream. Any thread.
   *
   * @param message frames as they would come over a WebSocket
   * @return the reason why none of them was carried out, or null; the answers come by the stream
   */
  CompletionStage<@Nullable Problem> receive(byte[] message) {
    CompletableFuture<@Nullable Problem> done = new CompletableFuture<>();
    ChannelHandlerContext open = context;
    Session current = session;
    if (open == null || current == null) {
      return CompletableFuture.completedFuture(Problem.of(ErrorCode.SESSION_UNKNOWN));
    }
    current.lane().run(() -> done.complete(receiveOnLane(message)));
    return done;
  }

  private @Nullable Problem receiveOnLane(byte[] message) {
    Session current = session;
    if (current == null || closing) {
      return Problem.of(ErrorCode.SESSION_UNKNOWN);
    }
    busy = true;
    try {
      switch (greeting.dialect().receive(current, this, message)) {
        case Reply.Silence silence -> {}
        case Reply.Send(var answers) -> answers.forEach(this::sendMessage);
        case Reply.Close(var problem) -> {
          return problem;
        }
        case Reply.End end -> end();
      }
    } catch (RuntimeException e) {
      LOG.error("a message of a stream's client failed", e);
      close(Problem.of(ErrorCode.INTERNAL_ERROR));
    } finally {
      busy = false;
      flush();
    }
    return null;
  }

  // how far the client is

  @Override
  public Follower follower() {
    return this;
  }

  @Override
  public boolean subscribed(Subscribed outcome) {
    // no cursor before all of the answer is said; whoever lets it be said ends the turn
    inTurn = true;
    asked.remove(outcome.channel());
    if (track.subscribed(outcome)) {
      wishes.addLast(track.next(outcome.channel()));
    }
    return true;
  }

  @Override
  public void refused(ChannelName channel, Problem problem) {
    asked.remove(channel);
    track.refused(channel, problem);
  }

  @Override
  public void left(ChannelName channel) {
    asked.remove(channel);
    wishes.removeIf(wish -> wish.channel().equals(channel));
    track.left(channel);
  }

  /** Asks for what is still to be asked for, while the client reads what it is given. */
  private void ask() {
    busy = true;
    try {
      while (!closing && !wishes.isEmpty() && asked.size() < ASKED_MAX && isIdle()) {
        Session current = Objects.requireNonNull(session);
        Wish wish = wishes.removeFirst();
        asked.add(wish.channel());
        shared.http().follow(current, this, wish);
      }
    } finally {
      busy = false;
    }
  }

  private boolean isIdle() {
    return session != null && outbox != null && outbox.isIdle();
  }

  // what the server sends

  @Override
  public boolean offer(SharedFrame frame, int from, int to) {
    if (closing) {
      return false;
    }
    JoinedFrame joined = (JoinedFrame) frame;
    ChannelName channel = joined.delivery(from).channel().name();
    boolean wasBehind = track.isBehind(channel);
    int end = track.take(joined, from, to);
    if (end > from) {
      write(joined.parts(from, end));
    }
    if (end < to && !wasBehind) {
      wishes.addLast(track.next(channel));
    }
    boolean first = !inTurn;
    inTurn = true;
    return first;
  }

  @Override
  public void endTurn() {
    inTurn = false;
    flush();
  }

  @Override
  public void send(ServerEvent event) {
    if (event instanceof ServerEvent.SubscriptionEnded(var channel, var problem)) {
      left(channel);
    }
    greeting.dialect().encode(event).forEach(this::say);
  }

  @Override
  public void say(byte[] message) {
    sendMessage(message);
    if (!busy && !inTurn) {
      flush();
    }
  }

  @Override
  public void tick(long nowNanos) {
    if (closing) {
      return;
    }
    if (nowNanos - endsAt >= 0) {
      end();
    } else if (nowNanos - lastWritten >= timeouts().activity().toNanos()) {
      sayLines(": ping\n\n");
      flush();
    }
  }

  @Override
  public void close(Problem problem) {
    Retry retry = problem.code().retry();
    endSession(problem.code().number());
    closeWith(greeting.dialect().farewell(problem), retry == Retry.LATER);
  }

  private void sendMessage(byte[] message) {
    ChannelHandlerContext open = context;
    if (open != null && !closing) {
      write(framed(message, open));
    }
  }

  private ByteBuf framed(byte[] message, ChannelHandlerContext open) {
    ByteBuf frame = open.alloc().buffer(framing.frameBytes(message));
    framing.frame(message, frame);
    return frame;
  }

  private void sayLines(String lines) {
    write(framing.lines(lines, Objects.requireNonNull(context).alloc()));
  }

  private void write(ByteBuf frame) {
    if (outbox == null || closing || !frame.isReadable()) {
      frame.release();
      return;
    }
    lastWritten = System.nanoTime();
    if (!outbox.write(frame)) {
      if (session != null) {
        session.tooSlow();
      }
      close(Problem.of(ErrorCode.SLOW_CONSUMER));
    }
  }

  /** Whatever is flushed ends with where it has brought the client. */
  private void flush() {
    if (busy || closing || outbox == null) {
      return;
    }
    ask();
    inTurn = false;
    if (track.isChanged()) {
      sayLines("id: " + track.cursor() + "\n\n");
    }
    outbox.flush();
  }

  /** The client is done, or the stream is old enough: what ends without a word may come back. */
  private void end() {
    closeWith(List.of(), false);
  }

  /** Says the last words; nothing that was left out is covered by the last cursor. */
  private void closeWith(List<byte[]> messages, boolean later) {
    ChannelHandlerContext open = context;
    Outbox last = outbox;
    if (closing || open == null || last == null) {
      return;
    }
    closing = true;
    endSession(NodeCounters.NORMAL);
    last.clear();
    int wait = later ? RETRY_LATER_MILLIS : RETRY_SOON_MILLIS;
    int spread = ThreadLocalRandom.current().nextInt(wait);
    last.writeLast(framing.lines("retry: " + (wait + spread) + "\n\n", open.alloc()));
    messages.forEach(message -> last.writeLast(framed(message, open)));
    open.writeAndFlush(framing.last(open.alloc())).addListener(ChannelFutureListener.CLOSE);
    long millis = EdgeSettings.CLOSE_TIME.toMillis();
    Future<?> patience =
        open.executor().schedule(() -> open.close(), millis, TimeUnit.MILLISECONDS);
    open.channel().closeFuture().addListener(closed -> patience.cancel(false));
  }

  private void endSession(int closeCode) {
    Session current = session;
    if (current != null) {
      session = null;
      current.ended(closeCode);
    }
    if (name != null) {
      shared.forget(name, this);
      name = null;
    }
  }
}
