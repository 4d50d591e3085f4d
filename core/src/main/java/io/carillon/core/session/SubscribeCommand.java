package io.carillon.core.session;

import io.carillon.core.hub.Encoder;
import io.carillon.core.hub.PresenceView;
import io.carillon.core.model.ChannelName;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a channel.
 *
 * @param grant what the connection brings to be let in
 * @param resume from where on
 * @param view how the connection is told of presence; with {@link PresenceView#USERS} it is present
 *     itself as long as it is subscribed
 * @param encoder how this channel is written for the connection; null for what the connection was
 *     opened with
 */
public record SubscribeCommand(
    ChannelName channel, Grant grant, Resume resume, PresenceView view, @Nullable Encoder encoder) {

  /** Asks in the connection's own format. */
  public SubscribeCommand(ChannelName channel, Grant grant, Resume resume, PresenceView view) {
    this(channel, grant, resume, view, null);
  }

  /** Asks as Pusher's clients do, for whom the channel's name says everything. */
  public SubscribeCommand(ChannelName channel, Grant grant, Resume resume) {
    this(
        channel,
        grant,
        resume,
        channel.kind().isPresence() ? PresenceView.USERS : PresenceView.NONE);
  }

  /** The same, written like this. */
  public SubscribeCommand in(Encoder format) {
    return new SubscribeCommand(channel, grant, resume, view, format);
  }
}
