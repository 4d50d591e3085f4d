package io.carillon.core.publish;

import io.carillon.core.model.App;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.KeyId;
import io.carillon.core.model.Message;
import io.carillon.core.model.Standing;
import org.jspecify.annotations.Nullable;

/**
 * A message for a channel of an application whose caller has been authenticated.
 *
 * @param by what the caller showed to be, as far as the channel's rule asks
 * @param edits which messages the caller may change, for a message that is an operation
 * @param key to whose account it is counted, or null for the application's own
 */
public record PublishCommand(
    App app,
    ChannelName channel,
    Message message,
    Standing by,
    EditRight edits,
    @Nullable KeyId key) {
  /** Of a caller without a key. */
  public PublishCommand(
      App app, ChannelName channel, Message message, Standing by, EditRight edits) {
    this(app, channel, message, by, edits, null);
  }

  /** Of a caller that changes messages only if it is a backend. */
  public PublishCommand(App app, ChannelName channel, Message message, Standing by) {
    this(app, channel, message, by, by == Standing.SERVER ? EditRight.ANY : EditRight.NONE);
  }

  /** Of a backend, or of a client without a token, as the message's origin says. */
  public PublishCommand(App app, ChannelName channel, Message message) {
    this(
        app,
        channel,
        message,
        message.origin() instanceof Message.Origin.Backend ? Standing.SERVER : Standing.CLIENTS);
  }

  /** The same, counted to this key's account. */
  public PublishCommand countedTo(KeyId account) {
    return new PublishCommand(app, channel, message, by, edits, account);
  }

  /** The same of another message. */
  PublishCommand with(Message other) {
    return new PublishCommand(app, channel, other, by, edits, key);
  }
}
