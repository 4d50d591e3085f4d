package io.carillon.core.session;

import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.App;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.ConnectionId;
import io.carillon.core.model.Message;
import io.carillon.core.model.Message.Origin;
import io.carillon.core.model.Payload;
import io.carillon.core.model.Signal;
import io.carillon.core.model.Signal.Sender;
import io.carillon.core.publish.PublishCommand;
import io.carillon.core.publish.Publisher;
import org.jspecify.annotations.Nullable;

/** Sends one connection's signals, as fast as it may. Confined to the connection's lane. */
public final class Signals {
  /** A pointer that moves is sent about as often as this. */
  static final int PER_SECOND = 50;

  private final SessionContext context;
  private final ConnectionId connection;
  private @Nullable EventRate rate;

  Signals(SessionContext context, ConnectionId connection) {
    this.context = context;
    this.connection = connection;
  }

  /**
   * What a client sends.
   *
   * @param key see {@link Signal#key}
   */
  public record Sent(String event, Payload payload, @Nullable String key) {}

  /** Sends it; or the reason why not. A signal has to be as a message has to be. */
  @Nullable Problem send(App app, ChannelName name, Sent sent, Sender sender) {
    Message asMessage =
        new Message(null, sent.event(), sent.payload(), new Origin.Client(connection, null));
    Problem refusal = Publisher.problemWith(new PublishCommand(app, name, asMessage));
    if (refusal != null) {
      return refusal;
    }
    String key = sent.key();
    if (key != null && (key.isEmpty() || key.length() > Signal.KEY_LENGTH_MAX)) {
      return Problem.of(
          ErrorCode.BAD_REQUEST,
          "k: " + key.length() + " characters (expected: 1 to " + Signal.KEY_LENGTH_MAX + ")");
    }
    if (rate == null) {
      rate = new EventRate(context.ticker());
    }
    Problem tooFast =
        rate.refusal(Math.max(PER_SECOND, app.settings().limits().clientEventsPerSecond()));
    if (tooFast == null) {
      context
          .ports()
          .signals()
          .send(
              new Signal(ChannelId.of(app.id(), name), sent.event(), sent.payload(), key, sender));
    }
    return tooFast;
  }
}
