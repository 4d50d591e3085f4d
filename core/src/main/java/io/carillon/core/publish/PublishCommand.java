package io.carillon.core.publish;

import io.carillon.core.model.App;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.Message;
import io.carillon.core.model.Standing;

/**
 * A message for a channel of an application whose caller has been authenticated.
 *
 * @param by what the caller showed to be, as far as the channel's rule asks
 */
public record PublishCommand(App app, ChannelName channel, Message message, Standing by) {
  /** Of a backend, or of a client without a token, as the message's origin says. */
  public PublishCommand(App app, ChannelName channel, Message message) {
    this(
        app,
        channel,
        message,
        message.origin() instanceof Message.Origin.Backend ? Standing.SERVER : Standing.CLIENTS);
  }
}
