package io.carillon.client;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** Where and how history is read. Confined to who builds it. */
public final class HistoryOptions {
  private static final int LIMIT_MAX = 1_000;
  private static final int LIMIT = 100;

  int limit = LIMIT;
  @Nullable Position before;
  @Nullable Position after;
  boolean untilAttach;

  HistoryOptions() {}

  /**
   * Messages of a page; 100 at first.
   *
   * @param messages 1 to 1,000
   * @throws IllegalArgumentException when it is another number
   */
  public HistoryOptions limit(int messages) {
    if (messages < 1 || messages > LIMIT_MAX) {
      throw new IllegalArgumentException(
          "limit: " + messages + " (expected: 1 to " + LIMIT_MAX + ")");
    }
    limit = messages;
    return this;
  }

  /** Pages go from here towards the oldest. */
  public HistoryOptions before(Position position) {
    before = requireNonNull(position, "position");
    return this;
  }

  /** Pages go from here towards the newest, with the oldest first. */
  public HistoryOptions after(Position position) {
    after = requireNonNull(position, "position");
    return this;
  }

  /**
   * Pages go from where live messages began towards the oldest, so that both join without hole or
   * repeat. Attaches the channel and waits for it.
   */
  public HistoryOptions untilAttach() {
    untilAttach = true;
    return this;
  }
}
