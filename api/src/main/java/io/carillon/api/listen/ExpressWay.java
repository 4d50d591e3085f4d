package io.carillon.api.listen;

import io.carillon.api.http.Reply;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves a connection's requests to express routes, and hands all others on to the framework, whose
 * handler comes next. Answers leave in the order of their requests (RFC 9112, 9.3.2): an express
 * request behind one that the framework still works on goes to the framework too, and what comes
 * behind an express request waits for its answer. Many requests in one read are served by turns, so
 * that other connections are heard in between. Confined to the connection's event loop.
 */
final class ExpressWay extends ChannelDuplexHandler {
  private static final Logger LOG = LoggerFactory.getLogger(ExpressWay.class);

  /**
   * So many express requests of a connection are served before the event loop turns to the others.
   * One that the framework serves takes as long as all of them.
   */
  static final int TURN_REQUESTS = 8;

  private final ExpressRoutes routes;

  /**
   * Requests that came whole in this turn, those for the framework times {@link #TURN_REQUESTS}.
   */
  private int inTurn;

  private boolean isTurnDue;

  /** Requests that the framework has and did not answer yet. */
  private int handedOn;

  /** The request whose body arrives. */
  private @Nullable ExpressArrival arriving;

  /** Set while the answer to an express request is awaited. */
  private boolean isServing;

  /**
   * What came in one read with a request that is being served, or is left for the next turn; no
   * more is read before it is empty.
   */
  private final Queue<Object> behind = new ArrayDeque<>(0);

  private boolean isGoingOn;
  private boolean wantsRead;
  private boolean isReading;
  private boolean wantsFlush;

  /** Set when the last answer was written; what comes behind its request is not heard. */
  private boolean isOver;

  /** Closes when the answer is written. */
  private @Nullable ChannelPromise closing;

  ExpressWay(ExpressRoutes routes) {
    this.routes = routes;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    isReading = true;
    if (isOver) {
      ReferenceCountUtil.release(message);
    } else if (mustWait() || inTurn >= TURN_REQUESTS) {
      behind.add(message);
    } else {
      receive(context, message);
    }
  }

  private boolean mustWait() {
    return isServing || !behind.isEmpty();
  }

  private void receive(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest request) {
      arriving = handedOn == 0 ? routes.of(request) : null;
      handedOn += arriving == null ? 1 : 0;
    }
    ExpressArrival current = arriving;
    if (message instanceof LastHttpContent) {
      inTurn += current == null ? TURN_REQUESTS : 1;
    }
    if (current == null) {
      context.fireChannelRead(message);
      return;
    }
    if (message instanceof HttpContent content) {
      current.add(content.content());
      if (content.decoderResult().isFailure()) {
        arriving = null;
        context.close();
      } else if (message instanceof LastHttpContent) {
        arriving = null;
        serve(context, current);
      }
    }
    ReferenceCountUtil.release(message);
  }

  private void serve(ChannelHandlerContext context, ExpressArrival arrival) {
    isServing = true;
    CompletableFuture<Reply> reply = replyOf(arrival, context.channel().remoteAddress());
    if (reply.isDone()) {
      answer(context, arrival, reply);
    } else {
      reply.whenComplete(
          (done, failure) ->
              context
                  .executor()
                  .execute(
                      () -> {
                        inTurn = 0;
                        answer(context, arrival, reply);
                      }));
    }
  }

  private static CompletableFuture<Reply> replyOf(
      ExpressArrival arrival, @Nullable SocketAddress peer) {
    try {
      return arrival.serve(peer).toCompletableFuture();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private void answer(
      ChannelHandlerContext context, ExpressArrival arrival, CompletableFuture<Reply> reply) {
    isServing = false;
    if (!context.channel().isActive()) {
      return;
    }
    boolean last = arrival.isLast() || closing != null || reply.isCompletedExceptionally();
    FullHttpResponse response = responseOf(reply);
    if (last) {
      isOver = true;
      letGo();
      response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
      context.writeAndFlush(response).addListener(done -> close(context));
      return;
    }
    context.write(response, context.voidPromise());
    goOn(context);
  }

  private void close(ChannelHandlerContext context) {
    if (closing == null) {
      context.close();
    } else {
      context.close(closing);
    }
  }

  /** Turns to what came behind the request that was answered. */
  private void goOn(ChannelHandlerContext context) {
    if (isGoingOn) {
      return; // was answered at once, and the loop below is under way
    }
    int before = handedOn;
    isGoingOn = true;
    while (!isServing && !behind.isEmpty() && inTurn < TURN_REQUESTS) {
      receive(context, behind.remove());
    }
    isGoingOn = false;
    if (isReading) {
      wantsFlush = true;
      return;
    }
    context.flush();
    if (handedOn > before) {
      context.fireChannelReadComplete();
    }
    endTurn(context);
  }

  /** What is left has another turn; when nothing is, what was asked for meanwhile is read. */
  private void endTurn(ChannelHandlerContext context) {
    if (isServing) {
      return;
    }
    if (!behind.isEmpty()) {
      awaitTurn(context);
      return;
    }
    inTurn = 0;
    if (wantsRead) {
      wantsRead = false;
      context.read();
    }
  }

  /** Who does not read its answers has no turn until it does. */
  private void awaitTurn(ChannelHandlerContext context) {
    if (!isTurnDue && context.channel().isWritable()) {
      isTurnDue = true;
      // not as a task: the event loop runs tasks for up to a second before it hears its connections
      context.executor().schedule(() -> takeTurn(context), 0, TimeUnit.NANOSECONDS);
    }
  }

  private void takeTurn(ChannelHandlerContext context) {
    isTurnDue = false;
    inTurn = 0;
    goOn(context);
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (!isServing && !behind.isEmpty()) {
      awaitTurn(context);
    }
    context.fireChannelWritabilityChanged();
  }

  private static FullHttpResponse responseOf(CompletableFuture<Reply> reply) {
    if (reply.isCompletedExceptionally()) {
      LOG.error("an express request failed", reply.exceptionNow());
      return response(new Reply(500, "text/plain", new byte[0]));
    }
    return response(reply.resultNow());
  }

  private static FullHttpResponse response(Reply reply) {
    ByteBuf body = Unpooled.wrappedBuffer(reply.body().bytes());
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(reply.status()),
            body,
            DefaultHttpHeadersFactory.headersFactory().withValidation(false),
            DefaultHttpHeadersFactory.trailersFactory());
    reply.headers().forEach(header -> response.headers().add(header.name(), header.value()));
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, reply.mediaType())
        .set(HttpHeaderNames.DATE, HttpDate.now())
        .set(HttpHeaderNames.CONTENT_LENGTH, String.valueOf(reply.body().size()));
    return response;
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    isReading = false;
    if (wantsFlush) {
      wantsFlush = false;
      context.flush();
    }
    context.fireChannelReadComplete();
    endTurn(context);
  }

  /** The framework asks for more; that comes when there is room. */
  @Override
  public void read(ChannelHandlerContext context) {
    if (mustWait()) {
      wantsRead = true;
    } else {
      context.read();
    }
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    boolean interim =
        message instanceof HttpResponse response
            && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    if (message instanceof LastHttpContent && !interim) {
      handedOn--;
    }
    context.write(message, promise);
  }

  /** A server that stops lets what it has begun be answered. */
  @Override
  public void close(ChannelHandlerContext context, ChannelPromise promise) {
    if (isServing && closing == null && context.channel().isActive()) {
      closing = promise;
    } else {
      context.close(promise);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    letGo();
    context.fireChannelInactive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    letGo();
  }

  private void letGo() {
    arriving = null;
    behind.forEach(ReferenceCountUtil::release);
    behind.clear();
  }
}
