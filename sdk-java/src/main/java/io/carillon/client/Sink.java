package io.carillon.client;

import org.jspecify.annotations.Nullable;

/** A reader of a channel with a buffer of its own. Its methods are called on the lane. */
interface Sink {
  /** Whether one more message can be taken; whoever says no tells the channel when it can. */
  boolean hasRoom();

  boolean isHalfEmpty();

  void message(Message<Object> message);

  /**
   * No message follows.
   *
   * @param reason null when the channel was left
   */
  void ended(@Nullable CarillonException reason);
}
