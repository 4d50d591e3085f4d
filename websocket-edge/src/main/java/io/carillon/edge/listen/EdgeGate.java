package io.carillon.edge.listen;

import io.carillon.edge.listen.Takeover.Plan;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Stands behind the HTTP codec of each connection. Requests that the edge serves by itself take the
 * connection over: every HTTP handler goes, and the carrier becomes the only one. All others pass.
 * What is no request by its form is refused; then, as after every answer that is given here, the
 * connection ends, and what came behind is not heard. Confined to the connection's event loop.
 */
final class EdgeGate extends ChannelDuplexHandler {
  /** A request's head has to come whole in this time. */
  private static final long HEAD_SECONDS = 30;

  private static final String CLOSE = "Connection: close";

  private final List<Takeover> takeovers;
  private final String codec;
  private @Nullable Future<?> headTimer;

  /** Set while the rest of a request that takes over is awaited. */
  private @Nullable Plan plan;

  private boolean taken;
  private @Nullable Object early;

  /** Requests that passed and were not answered yet, whose answers nothing may overtake. */
  private int passed;

  /** Set while the answer to one of them is on its way out. */
  private boolean isAnswering;

  /** Set when the last answer was given here. */
  private boolean isOver;

  /**
   * A gate for one connection.
   *
   * @param codec the HTTP codec's name in the pipeline
   */
  EdgeGate(List<Takeover> takeovers, String codec) {
    this.takeovers = takeovers;
    this.codec = codec;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    headTimer = context.executor().schedule(() -> cut(context), HEAD_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    stopHeadTimer();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    stopHeadTimer();
    context.fireChannelInactive();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (taken) {
      // bytes that came behind the request, and that the leaving codec hands on
      early = message;
      return;
    }
    if (isOver) {
      ReferenceCountUtil.release(message);
      return;
    }
    String refusal = refusalOf(message);
    if (refusal != null) {
      ReferenceCountUtil.release(message);
      turnAway(context, refusal, message instanceof HttpRequest);
      return;
    }
    if (message instanceof HttpRequest request) {
      stopHeadTimer();
      plan = planFor(request, context.channel().remoteAddress());
      passed += plan == null ? 1 : 0;
    }
    Plan current = plan;
    if (current == null) {
      context.fireChannelRead(message);
      return;
    }
    boolean last = message instanceof LastHttpContent;
    ReferenceCountUtil.release(message);
    if (last) {
      plan = null;
      carryOut(context, current);
    } else {
      context.read();
    }
  }

  /** The status for what is no request by its form, or whose body breaks off; else null. */
  private static @Nullable String refusalOf(Object message) {
    if (message instanceof HttpRequest request) {
      return request.decoderResult().isFailure()
          ? statusOf(request.decoderResult().cause())
          : RequestForm.refusal(request);
    }
    return message instanceof HttpContent content && content.decoderResult().isFailure()
        ? RequestForm.BAD_REQUEST
        : null;
  }

  /** Ends the connection, and says why where that cannot be taken for another request's answer. */
  private void turnAway(ChannelHandlerContext context, String status, boolean isHead) {
    stopHeadTimer();
    int before = isHead || plan != null ? passed : passed - 1;
    boolean itsTurn = before == 0 && !isAnswering;
    plan = null;
    if (itsTurn) {
      passed = 0;
      refuse(context, status, Map.of());
    } else {
      isOver = true;
      context.close();
    }
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    boolean interim =
        message instanceof HttpResponse response
            && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    if (!interim && message instanceof HttpResponse) {
      isAnswering = true;
    }
    if (!interim && message instanceof LastHttpContent) {
      isAnswering = false;
      passed--;
    }
    context.write(message, promise);
  }

  private @Nullable Plan planFor(HttpRequest request, @Nullable SocketAddress peer) {
    for (Takeover takeover : takeovers) {
      Plan found = takeover.plan(request, peer);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private void carryOut(ChannelHandlerContext context, Plan wanted) {
    if (passed > 0) {
      isOver = true;
      context.close(); // its answer would be taken for that of a request before it
      return;
    }
    switch (wanted) {
      case Plan.Refuse(var status, var headers) -> refuse(context, status, headers);
      case Plan.Answer answer -> answer(context, answer);
      case Plan.Take(var head, var carrier) -> take(context, head, carrier);
    }
  }

  /** The answer goes out past the HTTP codec, which knows nothing of what follows. */
  private void take(ChannelHandlerContext context, String head, ChannelHandler carrier) {
    ChannelPipeline pipeline = context.pipeline();
    ByteBuf answer = ByteBufUtil.writeAscii(context.alloc(), head);
    pipeline.context(codec).write(answer, context.voidPromise());
    for (Map.Entry<String, ChannelHandler> entry : List.copyOf(pipeline.toMap().entrySet())) {
      ChannelHandler handler = entry.getValue();
      if (handler != this && !(handler instanceof SslHandler) && !entry.getKey().equals(codec)) {
        pipeline.remove(handler);
      }
    }
    taken = true;
    pipeline.remove(codec);
    context.channel().config().setAutoRead(true);
    pipeline.addLast("carrier", carrier);
    context.flush(); // for a carrier that has nothing to say yet
    if (early != null) {
      context.fireChannelRead(early);
      context.fireChannelReadComplete();
      early = null;
    }
    pipeline.remove(this);
  }

  private void refuse(ChannelHandlerContext context, String status, Map<String, String> headers) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put("Content-Type", "text/plain");
    answer(context, new Plan.Answer(status, all, status + "\n"));
  }

  private void answer(ChannelHandlerContext context, Plan.Answer answer) {
    isOver = true;
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    StringBuilder head = new StringBuilder("HTTP/1.1 ").append(answer.status()).append("\r\n");
    answer
        .headers()
        .forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    // who names an Upgrade has to say so here as well (RFC 9110, 7.8)
    head.append(answer.headers().containsKey("Upgrade") ? "Connection: Upgrade, close" : CLOSE)
        .append("\r\nContent-Length: ")
        .append(body.length)
        .append("\r\n\r\n");
    ByteBuf bytes =
        Unpooled.wrappedBuffer(head.toString().getBytes(StandardCharsets.US_ASCII), body);
    ChannelHandlerContext behindCodec = context.pipeline().context(codec);
    behindCodec.writeAndFlush(bytes).addListener(ChannelFutureListener.CLOSE);
  }

  private static String statusOf(Throwable cause) {
    if (cause instanceof TooLongHttpLineException) {
      return "414 URI Too Long";
    }
    return cause instanceof TooLongFrameException
        ? "431 Request Header Fields Too Large"
        : RequestForm.BAD_REQUEST;
  }

  private static void cut(ChannelHandlerContext context) {
    context.close();
  }

  private void stopHeadTimer() {
    if (headTimer != null) {
      headTimer.cancel(false);
      headTimer = null;
    }
  }
}
