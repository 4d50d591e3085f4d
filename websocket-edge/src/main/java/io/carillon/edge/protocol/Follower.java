package io.carillon.edge.protocol;

import io.carillon.core.error.Problem;
import io.carillon.core.model.ChannelName;
import io.carillon.core.session.SubscribeOutcome.Subscribed;

/**
 * A carrier that keeps its client's positions, because the client itself cannot ask again: it is
 * told how far the client is brought on each channel. Called on the session's lane, before the
 * messages about it are said.
 */
public interface Follower {
  /**
   * The channel is followed, and the client is brought to the end of the catch-up. What is missing
   * behind that is the follower's to ask for.
   *
   * @return whether the client is told that it is subscribed
   */
  boolean subscribed(Subscribed outcome);

  /** The channel is not followed. */
  void refused(ChannelName channel, Problem problem);

  /** The channel is not followed any more, because the client wanted that. */
  void left(ChannelName channel);
}
