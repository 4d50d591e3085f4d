package io.carillon.edge.carrier.websocket;

import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.hub.Encoder;
import io.carillon.core.hub.SharedFrame;
import io.carillon.core.inspect.RefusalLog;
import io.carillon.core.metric.NodeCounters;
import io.carillon.core.session.Arrival;
import io.carillon.core.session.KeepAlive;
import io.carillon.core.session.Outlet;
import io.carillon.core.session.ServerEvent;
import io.carillon.core.session.Session;
import io.carillon.core.session.Session.OpenOutcome;
import io.carillon.core.session.Session.Opening;
import io.carillon.edge.carrier.EdgeSettings;
import io.carillon.edge.carrier.JoinedFrame;
import io.carillon.edge.carrier.Lanes;
import io.carillon.edge.carrier.Outbox;
import io.carillon.edge.protocol.ClientProtocol.Greeting;
import io.carillon.edge.protocol.Dialect;
import io.carillon.edge.protocol.Dialect.Reply;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One WebSocket: the last and only handler of its pipeline. Confined to its event loop, which is
 * its session's lane.
 */
public final class WebSocketCarrier extends ChannelInboundHandlerAdapter
    implements Outlet, Dialect.Voice, FrameDecoder.Sink {
  private static final Logger LOG = LoggerFactory.getLogger(WebSocketCarrier.class);
  private static final byte[] EMPTY = {};

  private final WebSocketCarriers shared;
  private @Nullable Arrival by;
  private final Dialect dialect;
  private final Compression compression;
  private final FrameDecoder decoder;
  private final KeepAlive keepAlive;

  /** Until the connection is open, for it holds what has been said of the client. */
  private @Nullable Greeting greeting;

  /** Ends the wait for the client's hello, and later the one for its close frame. */
  private @Nullable Future<?> wait;

  private @Nullable ChannelHandlerContext context;
  private @Nullable Outbox outbox;
  private @Nullable Session session;
  private boolean closing;
  private boolean inTurn;
  private boolean reading;

  WebSocketCarrier(
      WebSocketCarriers shared, Greeting greeting, Compression compression, Arrival by) {
    this.shared = shared;
    this.by = by;
    this.greeting = greeting;
    this.dialect = greeting.dialect();
    this.compression = compression;
    this.decoder = new FrameDecoder(shared.settings().messageBytesMax(), compression);
    this.keepAlive = new KeepAlive(dialect.timeouts(), System.nanoTime());
  }

  /** The opening handshake has been answered: says hello, or why not, or waits for it. */
  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    this.context = context;
    this.outbox = new Outbox(context, shared.settings().outboxBytesMax());
    Greeting first = Objects.requireNonNull(greeting);
    if (first instanceof Greeting.Awaited) {
      waitFor(EdgeSettings.HELLO_TIME, this::giveUpWaiting);
    } else {
      open(first);
    }
    flush();
  }

  private void giveUpWaiting() {
    if (session == null && !closing) {
      close(Problem.of(ErrorCode.HELLO_MISSING));
    }
  }

  private void waitFor(Duration time, Runnable atEnd) {
    stopWaiting();
    EventExecutor loop = Objects.requireNonNull(context).executor();
    wait = loop.schedule(atEnd, time.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Nothing of a connection that has gone is kept by what it waited for. */
  private void stopWaiting() {
    if (wait != null) {
      wait.cancel(false);
      wait = null;
    }
  }

  private void open(Greeting answer) {
    greeting = null;
    stopWaiting();
    switch (answer) {
      case Greeting.Refusal(var problem, var dialect, var named) -> {
        shared.lanes().node().refused(RefusalLog.CONNECT, named, problem);
        close(problem);
      }
      case Greeting.Awaited awaited -> throw new IllegalStateException("asked to wait again");
      case Greeting.Welcome(var key, var rights, var dialect, var hello) -> {
        Lanes lanes = shared.lanes();
        Opening opening =
            new Opening(key, rights, this, encoder(dialect), Objects.requireNonNull(by));
        by = null; // the session has its own of what is kept, which is shared
        EventLoop loop = Objects.requireNonNull(context).channel().eventLoop();
        switch (lanes.node().open(lanes.of(loop), opening)) {
          case OpenOutcome.Refused(var problem) -> close(problem);
          case OpenOutcome.Opened(var opened) -> {
            session = opened;
            sendMessage(hello.apply(opened));
          }
        }
      }
    }
  }

  @Override
  public Encoder encoder(Dialect dialect) {
    return shared.encoder(dialect, WebSocketFraming.of(dialect, compression));
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (!(message instanceof ByteBuf bytes)) {
      return;
    }
    reading = true;
    try {
      keepAlive.received(System.nanoTime());
      shared.lanes().node().counters().received(bytes.readableBytes());
      decoder.feed(bytes, context.alloc(), this);
    } finally {
      bytes.release();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    reading = false;
    flush();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (outbox != null && context.channel().isWritable()) {
      outbox.drain();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    closing = true;
    stopWaiting();
    endSession(NodeCounters.CUT);
    decoder.release();
    if (outbox != null) {
      outbox.clear();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (!(cause instanceof IOException)) {
      LOG.error("a connection failed", cause);
    }
    context.close();
  }

  // what the client sends

  @Override
  public void text(byte[] message) {
    received(message);
  }

  @Override
  public void binary(byte[] message) {
    if (dialect.isBinary()) {
      received(message);
    } else {
      closeWith(List.of(), CloseCode.UNSUPPORTED_DATA, "binary messages are not supported");
    }
  }

  /** What it is written in has been agreed on, so that nothing is guessed from its opcode. */
  private void received(byte[] message) {
    if (closing) {
      return;
    }
    try {
      Session current = session;
      if (current != null) {
        act(dialect.receive(current, this, message));
      } else if (greeting instanceof Greeting.Awaited) {
        open(dialect.open(message));
        Session opened = session;
        if (opened != null) {
          act(dialect.receiveRest(opened, this, message));
        }
      }
    } catch (RuntimeException e) {
      LOG.error("a message of a connection failed", e);
      close(Problem.of(ErrorCode.INTERNAL_ERROR));
    }
  }

  private void act(Reply reply) {
    switch (reply) {
      case Reply.Silence silence -> {}
      case Reply.Send(var answers) -> answers.forEach(this::sendMessage);
      case Reply.Close(var problem) -> close(problem);
      case Reply.End end -> closeWith(List.of(), CloseCode.NORMAL, "");
    }
  }

  @Override
  public void ping(byte[] payload) {
    ChannelHandlerContext open = context;
    if (open != null && !closing) {
      write(WebSocketFraming.control(Opcode.PONG, payload, open.alloc()));
    }
  }

  @Override
  public void pong() {
    // any bytes received were proof of life already
  }

  @Override
  public void closed(int code) {
    Session current = session;
    if (current != null && (code == CloseCode.NORMAL || code == CloseCode.NONE)) {
      current.quit();
    }
    closeWith(List.of(), code == CloseCode.NONE ? CloseCode.NORMAL : code, "");
    hangUp();
  }

  /** Nothing of the client is read any more, its own close frame neither (RFC 6455, 7.1.7). */
  @Override
  public void violated(int code, String reason) {
    closeWith(List.of(), code, reason);
    hangUp();
  }

  // what the server sends

  @Override
  public boolean offer(SharedFrame frame, int from, int to) {
    if (closing) {
      return false;
    }
    boolean first = !inTurn;
    inTurn = true;
    write(((JoinedFrame) frame).parts(from, to));
    return first;
  }

  @Override
  public boolean isBehind() {
    return outbox != null && !outbox.isIdle();
  }

  @Override
  public void endTurn() {
    inTurn = false;
    flush();
  }

  @Override
  public void send(ServerEvent event) {
    dialect.encode(event).forEach(this::say);
  }

  @Override
  public void say(byte[] message) {
    sendMessage(message);
    if (!reading && !inTurn) {
      flush(); // it came later than the read that it answers, so nobody else does
    }
  }

  @Override
  public void tick(long nowNanos) {
    ChannelHandlerContext open = context;
    if (open == null || closing) {
      return;
    }
    switch (keepAlive.check(nowNanos)) {
      case FINE -> {}
      case PING -> {
        byte[] ping = dialect.ping();
        if (ping == null) {
          write(WebSocketFraming.control(Opcode.PING, EMPTY, open.alloc()));
        } else {
          sendMessage(ping);
        }
        flush();
      }
      case GIVE_UP -> close(Problem.of(ErrorCode.PONG_TIMEOUT));
    }
  }

  @Override
  public void close(Problem problem) {
    closeWith(dialect.farewell(problem), dialect.closeCode(problem), problem.detail());
  }

  private void sendMessage(byte[] message) {
    ChannelHandlerContext open = context;
    if (open == null || closing) {
      return;
    }
    write(framed(message, open));
  }

  private ByteBuf framed(byte[] message, ChannelHandlerContext open) {
    // what one connection alone is told is not worth a compression of its own
    WebSocketFraming framing = WebSocketFraming.of(dialect, Compression.NONE);
    ByteBuf frame = open.alloc().buffer(framing.frameBytes(message));
    framing.frame(message, frame);
    return frame;
  }

  private void write(ByteBuf frame) {
    if (outbox == null || closing) {
      frame.release();
    } else if (!outbox.write(frame)) {
      if (session != null) {
        session.tooSlow();
      }
      close(Problem.of(ErrorCode.SLOW_CONSUMER));
    }
  }

  private void flush() {
    if (outbox != null) {
      outbox.flush();
    }
  }

  /** Says the last words and waits a bounded time for the client's own close frame. */
  private void closeWith(List<byte[]> messages, int code, String reason) {
    ChannelHandlerContext open = context;
    Outbox last = outbox;
    if (closing || open == null || last == null) {
      return;
    }
    closing = true;
    endSession(code);
    last.clear();
    messages.forEach(message -> last.writeLast(framed(message, open)));
    last.writeLast(WebSocketFraming.close(code, reason, open.alloc()));
    last.flush();
    if (open.channel().isActive()) {
      waitFor(EdgeSettings.CLOSE_TIME, this::cut);
    }
  }

  /**
   * The server closes first (RFC 6455, 7.1.1), behind what it has said. What still comes is read
   * and dropped for a bounded time: closing a socket with unread bytes is a reset, which can take
   * the close frame from a client before it has read it.
   */
  private void hangUp() {
    ChannelHandlerContext open = context;
    if (open == null) {
      return;
    }
    boolean encrypted = open.pipeline().get(SslHandler.class) != null;
    open.writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(
            written -> {
              if (!encrypted && open.channel() instanceof DuplexChannel duplex) {
                duplex.shutdownOutput();
              } else {
                cut();
              }
            });
  }

  private void cut() {
    if (context != null) {
      context.close();
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
