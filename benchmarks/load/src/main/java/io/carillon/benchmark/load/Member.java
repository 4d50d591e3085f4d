package io.carillon.benchmark.load;

import io.carillon.benchmark.profile.Profile.Step;
import io.carillon.benchmark.profile.Template;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One WebSocket that subscribes and counts. Confined to the load's event loop. */
final class Member extends ChannelInboundHandlerAdapter implements FrameScanner.Sink {
  private static final int TEXT = 0x1;
  private static final int BINARY = 0x2;
  private static final int CLOSE = 0x8;
  private static final int PING = 0x9;
  private static final int PONG = 0xA;
  private static final int HEAD_MAX = 16 * 1024;
  private static final byte[] HEAD_END = {'\r', '\n', '\r', '\n'};

  private final Load load;
  private final Topic topic;
  private final int number;
  private final String group;
  private final FrameScanner scanner;
  private @Nullable Channel channel;
  private @Nullable ByteBuf head;
  private Map<String, String> captured = new HashMap<>(0);
  private @Nullable Runnable onMore;
  private State state = State.HANDSHAKE;
  private int step;

  private enum State {
    HANDSHAKE,
    OPENING,
    OPEN,
    CLOSED
  }

  Member(Load load, Topic topic, int number, String group) {
    this.load = load;
    this.topic = topic;
    this.number = number;
    this.group = group;
    this.scanner = new FrameScanner(load.countedFrom(), load.counting(), this);
  }

  FrameScanner scanner() {
    return scanner;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    channel = context.channel();
    String request = load.handshake(topic.channel(), number);
    ByteBuf bytes = context.alloc().buffer(request.length());
    bytes.writeCharSequence(request, StandardCharsets.ISO_8859_1);
    context.writeAndFlush(bytes, context.voidPromise());
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    try {
      if (state == State.HANDSHAKE) {
        handshake(context, bytes);
      }
      if (bytes.isReadable() && state != State.HANDSHAKE) {
        int messages = scanner.feed(bytes, load.readAt());
        if (messages > 0) {
          load.delivered(messages);
          topic.delivered(messages);
        }
      }
    } finally {
      bytes.release();
    }
  }

  private void handshake(ChannelHandlerContext context, ByteBuf bytes) {
    ByteBuf gathered = head == null ? context.alloc().buffer(512) : head;
    head = gathered;
    int before = gathered.writerIndex();
    int take = Math.min(bytes.readableBytes(), HEAD_MAX - before);
    gathered.writeBytes(bytes, bytes.readerIndex(), take);
    int end = endOfHead(gathered);
    if (end < 0) {
      bytes.skipBytes(bytes.readableBytes());
      if (gathered.writerIndex() >= HEAD_MAX) {
        fail("a response head over " + HEAD_MAX + " bytes");
      }
      return;
    }
    bytes.skipBytes(end - before);
    String status = gathered.toString(0, Math.min(end, 256), StandardCharsets.ISO_8859_1);
    gathered.release();
    head = null;
    if (!status.startsWith("HTTP/1.1 101")) {
      fail(status.lines().findFirst().orElse(""));
      return;
    }
    state = State.OPENING;
    next();
  }

  private static int endOfHead(ByteBuf gathered) {
    for (int i = 0; i + HEAD_END.length <= gathered.writerIndex(); i++) {
      if (gathered.getByte(i) == '\r'
          && gathered.getByte(i + 1) == '\n'
          && gathered.getByte(i + 2) == '\r'
          && gathered.getByte(i + 3) == '\n') {
        return i + HEAD_END.length;
      }
    }
    return -1;
  }

  /** Says what the steps say, up to the next answer to wait for. */
  private void next() {
    List<Step> steps = load.steps(group);
    while (step < steps.size()) {
      Step current = steps.get(step);
      if (!current.send().text().isEmpty()) {
        publish(bound(current.send(), topic.channel()), load.now());
      }
      if (!current.expect().isEmpty()) {
        return;
      }
      step++;
    }
    opened();
  }

  private void opened() {
    state = State.OPEN;
    scanner.count();
    load.opened(this);
  }

  @Override
  public void frame(int opcode, byte[] payload) {
    switch (opcode) {
      case PING -> write(PONG, payload);
      case PONG -> {}
      case CLOSE -> fail("closed: " + new String(payload, StandardCharsets.UTF_8));
      default -> said(payload);
    }
  }

  private void said(byte[] payload) {
    if (state == State.OPENING) {
      answered(new String(payload, StandardCharsets.ISO_8859_1));
    } else if (contains(payload, load.aliveAsk())) {
      publish(load.aliveAnswer(), 0);
    } else if (onMore != null && contains(payload, load.moreExpected())) {
      onMore.run();
    } else if (contains(payload, load.refusal())) {
      load.refused(new String(payload, StandardCharsets.UTF_8));
    }
  }

  private static boolean contains(byte[] payload, byte[] text) {
    for (int i = 0; text.length > 0 && i + text.length <= payload.length; i++) {
      if (payload[i] == text[0]
          && Arrays.equals(payload, i, i + text.length, text, 0, text.length)) {
        return true;
      }
    }
    return false;
  }

  private void answered(String text) {
    Step current = load.steps(group).get(step);
    if (text.contains(current.expect())) {
      current.captures().forEach((name, before) -> capture(name, before, text));
      step++;
      next();
    } else if (contains(text.getBytes(StandardCharsets.ISO_8859_1), load.refusal())) {
      fail(text);
    }
  }

  private void capture(String name, String before, String text) {
    int from = text.indexOf(before);
    if (from < 0) {
      return;
    }
    from += before.length();
    int to = from;
    while (to < text.length() && "\",}\\".indexOf(text.charAt(to)) < 0) {
      to++;
    }
    captured.put(name, text.substring(from, to));
    load.captured(name, text.substring(from, to));
  }

  /** The template for this connection and channel. */
  Template bound(Template template, String of) {
    return template.bind(load.valuesFor(of, number, captured));
  }

  /** From now on is told of each answer to a further subscription. */
  void onMore(Runnable answered) {
    onMore = answered;
  }

  /** Sends one frame. */
  void publish(Template template, long stamp) {
    Channel open = channel;
    if (open == null || state == State.CLOSED) {
      return;
    }
    int bytes = template.bytes(load.payload());
    ByteBuf frame = open.alloc().buffer(bytes + 14);
    writeHeader(frame, load.profile().has("ws.binary") ? BINARY : TEXT, bytes);
    template.write(frame, load.payload(), load.nextSequence(), stamp);
    open.writeAndFlush(frame, open.voidPromise());
  }

  private void write(int opcode, byte[] payload) {
    Channel open = channel;
    if (open != null && state != State.CLOSED) {
      ByteBuf frame = open.alloc().buffer(payload.length + 14);
      writeHeader(frame, opcode, payload.length);
      frame.writeBytes(payload);
      open.writeAndFlush(frame, open.voidPromise());
    }
  }

  /** Masked with zeros, which leaves the payload as it is. */
  private static void writeHeader(ByteBuf frame, int opcode, int bytes) {
    frame.writeByte(0x80 | opcode);
    if (bytes < 126) {
      frame.writeByte(0x80 | bytes);
    } else if (bytes < 65_536) {
      frame.writeByte(0x80 | 126);
      frame.writeShort(bytes);
    } else {
      frame.writeByte(0x80 | 127);
      frame.writeLong(bytes);
    }
    frame.writeInt(0);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    fail("the connection was cut");
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    fail(cause instanceof IOException ? String.valueOf(cause.getMessage()) : cause.toString());
  }

  private void fail(String why) {
    if (state != State.CLOSED) {
      boolean wasOpen = state == State.OPEN;
      state = State.CLOSED;
      load.lost(why, wasOpen);
      close();
    }
  }

  /** Closes without a word. */
  void close() {
    state = State.CLOSED;
    if (head != null) {
      head.release();
      head = null;
    }
    if (channel != null) {
      channel.close();
    }
  }
}
