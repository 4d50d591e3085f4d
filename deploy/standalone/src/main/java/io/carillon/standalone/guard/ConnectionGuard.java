package io.carillon.standalone.guard;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Bounds what one HTTP connection may cost: the time in which a request's head and its body have to
 * come whole, however slowly their bytes drip; the answers that wait for a client that does not
 * read them, since nothing more is read from it; and, together with {@link IdleConnections}, the
 * number of connections that say nothing. It goes when a socket or a stream takes the connection
 * over. Confined to the connection's event loop.
 */
final class ConnectionGuard extends ChannelDuplexHandler {
  /** A request's head has to come whole in this time. */
  static final long HEAD_SECONDS = 30;

  /** A request's body has to come whole in this time. */
  static final long BODY_SECONDS = 60;

  private @Nullable ChannelHandlerContext context;
  private @Nullable IdleConnections idle;
  private IdleConnections.@Nullable Place place;
  private @Nullable Future<?> timer;
  private int unanswered;
  private boolean isBodyDue;

  /** Set when something of a request came in the read that goes on. */
  private boolean hasHeard;

  /** Set when somebody wants to read, and waits until the client has read. */
  private boolean wantsRead;

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
    idle = IdleConnections.ofThisLoop();
    place = idle.add(added.channel());
    begin(added, HEAD_SECONDS);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext removed) {
    letGo();
  }

  @Override
  public void channelInactive(ChannelHandlerContext gone) {
    letGo();
    gone.fireChannelInactive();
  }

  @Override
  public void channelRead(ChannelHandlerContext reader, Object message) {
    hasHeard = true;
    if (message instanceof HttpRequest) {
      stopTimer();
      leaveIdle();
      unanswered++;
      isBodyDue = true;
    }
    if (message instanceof LastHttpContent) {
      stopTimer();
      isBodyDue = false;
    }
    reader.fireChannelRead(message);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext reader) {
    if (timer == null) {
      if (isBodyDue) {
        begin(reader, BODY_SECONDS);
      } else if (!hasHeard && unanswered == 0) {
        begin(reader, HEAD_SECONDS); // bytes came, and no head is whole yet
      }
    }
    hasHeard = false;
    reader.fireChannelReadComplete();
  }

  @Override
  public void write(ChannelHandlerContext writer, Object message, ChannelPromise promise) {
    boolean interim =
        message instanceof HttpResponse response
            && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    if (message instanceof LastHttpContent && !interim && --unanswered == 0 && !isBodyDue) {
      becomeIdle(writer);
    }
    writer.write(message, promise);
  }

  /** Who does not read its answers may not ask for more of them. */
  @Override
  public void read(ChannelHandlerContext reader) {
    if (reader.channel().isWritable()) {
      reader.read();
    } else {
      wantsRead = true;
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext writer) {
    if (wantsRead && writer.channel().isWritable()) {
      wantsRead = false;
      writer.read();
    }
    writer.fireChannelWritabilityChanged();
  }

  private void becomeIdle(ChannelHandlerContext writer) {
    if (idle != null && place == null && writer.channel().isActive()) {
      place = idle.add(writer.channel());
    }
  }

  private void leaveIdle() {
    if (place != null && idle != null) {
      idle.remove(place);
      place = null;
    }
  }

  private void begin(ChannelHandlerContext begun, long seconds) {
    timer = begun.executor().schedule(this::cut, seconds, TimeUnit.SECONDS);
  }

  private void cut() {
    if (context != null) {
      context.close();
    }
  }

  private void stopTimer() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  private void letGo() {
    stopTimer();
    leaveIdle();
  }
}
