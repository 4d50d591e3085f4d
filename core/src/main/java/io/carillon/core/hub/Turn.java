package io.carillon.core.hub;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What one turn of a lane leaves to do. Confined to the lane. */
final class Turn {
  /** Whoever was offered something, and has not been told that the turn is over. */
  final List<Recipient> touched = new ArrayList<>();

  /** Whether one channel alone has something to hand out. */
  boolean oneChannel;

  /** Whether what is being handed out is all that there is in this turn. */
  boolean oneBatch;

  /** Whoever could not take its signals yet. */
  final Set<Subscriber> late = new LinkedHashSet<>();

  /**
   * The recipient was offered something for the first time in this turn. When nothing else follows,
   * its turn is over at once, while it is at hand, and there is no second walk over all of them.
   */
  void touched(Recipient recipient) {
    if (oneBatch) {
      recipient.endTurn();
    } else {
      touched.add(recipient);
    }
  }
}
