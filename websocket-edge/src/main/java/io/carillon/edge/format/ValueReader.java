package io.carillon.edge.format;

import io.carillon.core.model.Payload;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Walks through the values of one message of a client, in order and once. After {@link Kind#MAP}
 * and {@link Kind#ARRAY} it is inside, until {@link Kind#END}. Every method throws {@link
 * IOException} when the message turns out to break its format. Not thread-safe.
 */
public interface ValueReader extends AutoCloseable {
  /** What the value at which the reader stands is. */
  enum Kind {
    MAP,
    ARRAY,
    TEXT,
    /** A whole number of 64 bits, signed. */
    INTEGER,
    BOOLEAN,
    /** Anything else: null, other numbers, binary data. */
    OTHER,
    /** Behind the last value of a map, an array or the message. */
    END
  }

  /** Moves to the next value; in a map that is the one of the next entry whose key is a text. */
  Kind next() throws IOException;

  /** What {@link #next} said last. */
  Kind kind();

  /** The key of the entry, in a map. */
  String key() throws IOException;

  /** The text, at {@link Kind#TEXT}. */
  String text() throws IOException;

  /** The number, at {@link Kind#INTEGER}. */
  long integer() throws IOException;

  /** The truth, at {@link Kind#BOOLEAN}. */
  boolean bool() throws IOException;

  /**
   * The value as a payload, and passes over it: text as text, binary data as such, anything else as
   * JSON.
   *
   * @return null when it has no JSON form
   */
  @Nullable Payload payload() throws IOException;

  /** Passes over what is inside of a map or array; nothing at other values. */
  void skip() throws IOException;

  @Override
  void close();
}
