package io.carillon.standalone.guard;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Takes new connections by turns: when so many have come, the others wait in the system's queue
 * until an event loop that has some of them went round once. However many clients connect at a
 * time, the messages of those who are connected wait for a few of them. An idle loop goes round at
 * once. Confined to the listening socket's event loop, but for the count, which others set back.
 */
final class AcceptTurns extends ChannelDuplexHandler {
  static final int TURN_CONNECTIONS = 16;

  /** Where nothing could be accepted, as when descriptors are used up. */
  private static final int FAILED_MILLIS = 100;

  private final AtomicInteger inTurn = new AtomicInteger();
  private volatile boolean isHeld;
  private boolean hasAccepted;

  /** Without this the socket would go on to accept whoever asks it to read. */
  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    added.channel().config().setAutoRead(false);
    if (added.channel().isActive()) {
      added.read();
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext listening) {
    listening.fireChannelActive();
    listening.read();
  }

  @Override
  public void channelRead(ChannelHandlerContext listening, Object accepted) {
    hasAccepted = true;
    listening.fireChannelRead(accepted);
    if (inTurn.incrementAndGet() == 1 && !beginTurn(listening, accepted)) {
      inTurn.set(0);
    }
  }

  /** False where the connection was not taken by an event loop, as in a server that stops. */
  private boolean beginTurn(ChannelHandlerContext listening, Object accepted) {
    try {
      // not as a task: those that are waiting run before the loop hears its connections
      ((Channel) accepted)
          .eventLoop()
          .schedule(() -> wentRound(listening), 0, TimeUnit.NANOSECONDS);
      return true;
    } catch (IllegalStateException | RejectedExecutionException e) {
      return false;
    }
  }

  private void wentRound(ChannelHandlerContext listening) {
    inTurn.set(0);
    if (isHeld) {
      isHeld = false;
      listening.executor().execute(listening::read);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext listening) {
    listening.fireChannelReadComplete();
    if (!hasAccepted) {
      listening.executor().schedule(listening::read, FAILED_MILLIS, TimeUnit.MILLISECONDS);
      return;
    }
    hasAccepted = false;
    isHeld = inTurn.get() >= TURN_CONNECTIONS;
    if (isHeld && inTurn.get() >= TURN_CONNECTIONS) {
      return; // whoever sets it back sees that it is held
    }
    isHeld = false;
    listening.read();
  }
}
