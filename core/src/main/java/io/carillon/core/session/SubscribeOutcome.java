package io.carillon.core.session;

import io.carillon.core.engine.Head;
import io.carillon.core.engine.Roster;
import io.carillon.core.error.Problem;
import io.carillon.core.model.ChannelName;
import org.jspecify.annotations.Nullable;

/** What became of asking for a channel. */
public sealed interface SubscribeOutcome {
  /**
   * The connection is subscribed, and what is live follows as soon as it has been told.
   *
   * @param head where the log stood
   * @param roster who is present, if the connection is told of presence
   * @param catchup what it is given first
   */
  record Subscribed(ChannelName channel, Head head, @Nullable Roster roster, Catchup catchup)
      implements SubscribeOutcome {}

  /** The connection unsubscribed, or asked anew, before there was an answer. */
  record CalledOff(ChannelName channel) implements SubscribeOutcome {}

  /** The connection is not subscribed by this. */
  record Refused(ChannelName channel, Problem problem) implements SubscribeOutcome {}
}
