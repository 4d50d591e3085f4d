package io.carillon.edge.format;

import io.carillon.core.model.Payload;

/**
 * Writes one message of a wire format, so that a frame is stated once for all of them. Calls must
 * nest rightly: in a map a key before each value. Not thread-safe.
 */
public interface FrameWriter {
  /** Begins a map, whose entries are counted as they come. */
  FrameWriter beginMap();

  FrameWriter endMap();

  /**
   * Begins an array.
   *
   * @param size how many values follow, exactly
   */
  FrameWriter beginArray(int size);

  FrameWriter endArray();

  FrameWriter key(Symbol key);

  /** A key that is not known ahead of time. */
  FrameWriter key(String key);

  FrameWriter text(String text);

  FrameWriter text(Symbol word);

  FrameWriter number(long value);

  FrameWriter bool(boolean value);

  /**
   * A payload as a value of the map entry that was begun. A format without binary values adds the
   * entry {@code "enc":"b64"} behind it.
   */
  FrameWriter payload(Payload payload);

  /** What was written; nothing may be appended any more. */
  byte[] toBytes();
}
