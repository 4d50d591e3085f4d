package io.carillon.edge.format;

import io.carillon.core.model.Payload;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes MessagePack. Not thread-safe. */
final class MsgpackWriter implements FrameWriter {
  private static final int DEPTH_EXPECTED = 4;

  private final MsgpackBytes out;

  /** For each map that is open, where its header stands and how many entries it has. */
  private int[] open = new int[2 * DEPTH_EXPECTED];

  private int depth;

  MsgpackWriter(int expectedBytes) {
    this.out = new MsgpackBytes(expectedBytes);
  }

  @Override
  public FrameWriter beginMap() {
    if (open.length == 2 * depth) {
      open = Arrays.copyOf(open, 2 * open.length);
    }
    open[2 * depth] = out.size();
    open[2 * depth + 1] = 0;
    depth++;
    out.map(0);
    return this;
  }

  @Override
  public FrameWriter endMap() {
    depth--;
    out.countMap(open[2 * depth], open[2 * depth + 1]);
    return this;
  }

  @Override
  public FrameWriter beginArray(int size) {
    out.array(size);
    return this;
  }

  @Override
  public FrameWriter endArray() {
    return this;
  }

  @Override
  public FrameWriter key(Symbol key) {
    open[2 * depth - 1]++;
    out.raw(key.msgpack);
    return this;
  }

  @Override
  public FrameWriter key(String key) {
    open[2 * depth - 1]++;
    return text(key);
  }

  @Override
  public FrameWriter text(String text) {
    out.text(text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  @Override
  public FrameWriter text(Symbol word) {
    out.raw(word.msgpack);
    return this;
  }

  @Override
  public FrameWriter number(long value) {
    out.integer(value);
    return this;
  }

  @Override
  public FrameWriter bool(boolean value) {
    out.bool(value);
    return this;
  }

  @Override
  public FrameWriter payload(Payload payload) {
    switch (payload.form()) {
      case TEXT -> out.text(payload.bytes());
      case JSON -> JsonToMsgpack.write(payload.bytes(), out);
      case BINARY -> out.binary(payload.bytes());
    }
    return this;
  }

  @Override
  public byte[] toBytes() {
    return out.toBytes();
  }
}
