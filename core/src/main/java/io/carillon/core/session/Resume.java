package io.carillon.core.session;

import io.carillon.core.model.Position;

/** From where on a subscriber wants a channel. */
public sealed interface Resume {
  /** What comes from now on. */
  record FromNow() implements Resume {}

  /** What came after a position that the client has processed, then what comes. */
  record Since(Position position) implements Resume {}

  /**
   * The newest ones, then what comes.
   *
   * @param messages 1 to {@link Catchup#MESSAGES_MAX}
   */
  record Rewind(int messages) implements Resume {
    public Rewind {
      if (messages < 1 || messages > Catchup.MESSAGES_MAX) {
        throw new IllegalArgumentException(
            "rewind: " + messages + " (expected: 1 to " + Catchup.MESSAGES_MAX + ")");
      }
    }
  }

  Resume FROM_NOW = new FromNow();
}
