package io.carillon.client;

import org.jspecify.annotations.Nullable;

/**
 * How an application's data is written and read: a bridge to its JSON library, or to bytes. Must be
 * safe for any thread.
 *
 * <p>The plain values are {@code null}, {@link Boolean}, {@link Number}, {@link String}, {@link
 * java.util.List}, {@link java.util.Map} with strings as keys, and {@code byte[]} on the outside.
 * Whole numbers of 64 bits are read as {@link Long}, above its range as {@link
 * java.math.BigInteger}, all others as {@link Double}.
 *
 * @param <T> the data
 */
@SuppressWarnings("exports") // an annotation that users may lack
public interface DataForm<T> {
  /**
   * The data as a plain value.
   *
   * @throws RuntimeException when it cannot be written; the publisher gets it
   */
  @Nullable Object write(@Nullable T data);

  /**
   * The data that a plain value stands for.
   *
   * @throws RuntimeException when it is none; who reads a stream or flow gets it, else the message
   *     is left out and the error reported as one that nobody caught
   */
  @Nullable T read(@Nullable Object value);

  /** Plain values as they are. */
  static DataForm<Object> plain() {
    return PlainForm.INSTANCE;
  }
}
