package io.carillon.core.session;

import io.carillon.core.hub.PresenceView;
import io.carillon.core.model.ChannelName;

/**
 * Asks for a channel.
 *
 * @param grant what the connection brings to be let in
 * @param resume from where on
 * @param view how the connection is told of presence; with {@link PresenceView#USERS} it is present
 *     itself as long as it is subscribed
 */
public record SubscribeCommand(ChannelName channel, Grant grant, Resume resume, PresenceView view) {

  /** Asks as Pusher's clients do, for whom the channel's name says everything. */
  public SubscribeCommand(ChannelName channel, Grant grant, Resume resume) {
    this(
        channel,
        grant,
        resume,
        channel.kind().isPresence() ? PresenceView.USERS : PresenceView.NONE);
  }
}
