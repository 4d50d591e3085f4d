package io.carillon.benchmark.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP connection with one request at a time; reads as much of the answers as it has to.
 * Confined to the load's event loop.
 */
final class HttpConnection extends ChannelInboundHandlerAdapter {
  private static final int ANSWER_MAX = 1 << 20;
  private static final AsciiString LENGTH = AsciiString.of("content-length:");
  private static final AsciiString LAST_CHUNK = AsciiString.of("\r\n0\r\n\r\n");

  private final HttpPublisher publisher;
  private final Runnable again;
  private @Nullable Channel channel;
  private @Nullable Topic topic;
  private @Nullable ByteBuf gathered;

  /**
   * @param again makes a connection in the place of this one when it has ended
   */
  HttpConnection(HttpPublisher publisher, Runnable again) {
    this.publisher = publisher;
    this.again = again;
  }

  void send(Topic about, ByteBuf request) {
    Channel open = channel;
    if (open == null) {
      request.release();
      throw new IllegalStateException("idle before it was connected");
    }
    topic = about;
    open.writeAndFlush(request, open.voidPromise());
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    channel = context.channel();
    publisher.isIdle(this);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    try {
      ByteBuf answer = bytes;
      if (gathered != null) {
        answer = gathered.writeBytes(bytes);
      }
      if (isWhole(answer)) {
        whole(answer);
      } else if (answer.readableBytes() > ANSWER_MAX) {
        context.close();
      } else if (gathered == null) {
        gathered = context.alloc().heapBuffer().writeBytes(bytes);
      }
    } finally {
      bytes.release();
    }
  }

  private void whole(ByteBuf answer) {
    Topic about = topic;
    topic = null;
    if (about != null) {
      publisher.answered(about, statusOf(answer), answer);
    }
    if (gathered != null) {
      gathered.release();
      gathered = null;
    }
    publisher.isIdle(this);
  }

  private static int statusOf(ByteBuf answer) {
    int at = answer.readerIndex() + 9;
    return (answer.getByte(at) - '0') * 100
        + (answer.getByte(at + 1) - '0') * 10
        + (answer.getByte(at + 2) - '0');
  }

  private static boolean isWhole(ByteBuf answer) {
    int from = answer.readerIndex();
    int end = answer.writerIndex();
    int length = -1;
    for (int line = from; line < end; ) {
      int next = answer.indexOf(line, end, (byte) '\n') + 1;
      if (next <= 0) {
        return false;
      }
      if (next - line <= 2) {
        return length >= 0
            ? end - next >= length
            : statusOf(answer) == 204 || endsWith(answer, LAST_CHUNK);
      }
      if (startsWith(answer, line, next, LENGTH)) {
        length = numberIn(answer, line + LENGTH.length(), next);
      }
      line = next;
    }
    return false;
  }

  private static boolean startsWith(ByteBuf answer, int line, int end, AsciiString lower) {
    if (end - line < lower.length()) {
      return false;
    }
    for (int i = 0; i < lower.length(); i++) {
      if ((answer.getByte(line + i) | 0x20) != (lower.byteAt(i) | 0x20)) {
        return false;
      }
    }
    return true;
  }

  private static boolean endsWith(ByteBuf answer, AsciiString text) {
    int from = answer.writerIndex() - text.length();
    return from >= answer.readerIndex()
        && answer
            .toString(from, text.length(), StandardCharsets.ISO_8859_1)
            .equals(text.toString());
  }

  private static int numberIn(ByteBuf answer, int from, int end) {
    int number = 0;
    for (int i = from; i < end; i++) {
      int digit = answer.getByte(i) - '0';
      if (digit >= 0 && digit <= 9) {
        number = number * 10 + digit;
      }
    }
    return number;
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    publisher.isGone(this);
    if (gathered != null) {
      gathered.release();
      gathered = null;
    }
    if (topic != null) {
      topic.refused();
      topic = null;
    }
    again.run();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }
}
