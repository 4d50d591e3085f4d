package io.carillon.client;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** How a channel is joined; those of its first mention count. Confined to who builds it. */
public final class ChannelOptions {
  private static final int REWIND_MAX = 1_000;

  int rewind;
  @Nullable Position since;

  ChannelOptions() {}

  /**
   * On the first join, the newest so many messages come first.
   *
   * @param messages 1 to 1,000
   * @throws IllegalArgumentException when it is another number
   */
  public ChannelOptions rewind(int messages) {
    if (messages < 1 || messages > REWIND_MAX) {
      throw new IllegalArgumentException(
          "rewind: " + messages + " (expected: 1 to " + REWIND_MAX + ")");
    }
    rewind = messages;
    return this;
  }

  /**
   * Where to go on on the first join: behind the last message that was processed, perhaps before a
   * restart. What the server cannot bring any more is told as a {@link Gap}.
   */
  public ChannelOptions since(Position position) {
    since = requireNonNull(position, "position");
    return this;
  }
}
