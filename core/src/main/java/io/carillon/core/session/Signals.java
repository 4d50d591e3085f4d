package io.carillon.core.session;

import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.App;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.Message;
import io.carillon.core.model.Message.Origin;
import io.carillon.core.model.Operation;
import io.carillon.core.model.Payload;
import io.carillon.core.model.Signal;
import io.carillon.core.model.Signal.Sender;
import io.carillon.core.publish.PublishCommand;
import org.jspecify.annotations.Nullable;

/** Sends one session's signals, as fast as it may. Confined to the session's lane. */
public final class Signals {
  /** A pointer that moves is sent about as often as this. */
  static final int PER_SECOND = 50;

  private final SessionContext context;
  private final Session session;
  private @Nullable EventRate rate;
  private @Nullable String memberKey;

  Signals(SessionContext context, Session session) {
    this.context = context;
    this.session = session;
  }

  /**
   * What a client sends.
   *
   * @param key see {@link Signal#key}
   */
  public record Sent(String event, Payload payload, @Nullable String key) {}

  /** Sends it to the channel's other subscribers; or the reason why not. */
  public @Nullable Problem send(ChannelName name, Sent sent) {
    session.lane().assertCurrent();
    if (!session.isOpen()) {
      return null;
    }
    Problem refusal = refusal(name, sent);
    if (refusal == null) {
      ChannelId channel = ChannelId.of(session.app().id(), name);
      Sender sender = new Sender(session.id(), memberKey(), session.rights().clientId());
      context
          .ports()
          .signals()
          .send(new Signal(channel, sent.event(), sent.payload(), sent.key(), sender));
    }
    return refusal;
  }

  private String memberKey() {
    if (memberKey == null) {
      memberKey = session.memberKey();
    }
    return memberKey;
  }

  /** A signal has to be as a message has to be. */
  private @Nullable Problem refusal(ChannelName name, Sent sent) {
    Problem denied = session.refusal(Operation.PUBLISH, name);
    if (denied != null) {
      return denied;
    }
    Message asMessage =
        new Message(null, sent.event(), sent.payload(), new Origin.Client(session.id(), null));
    Problem unfit =
        context
            .publisher()
            .problemWith(
                new PublishCommand(
                    session.app(), name, asMessage, session.rights().actor().standing()));
    if (unfit != null) {
      return unfit;
    }
    String key = sent.key();
    if (key != null && (key.isEmpty() || key.length() > Signal.KEY_LENGTH_MAX)) {
      return Problem.of(
          ErrorCode.BAD_REQUEST,
          "k: " + key.length() + " characters (expected: 1 to " + Signal.KEY_LENGTH_MAX + ")");
    }
    return tooFast(session.app());
  }

  private @Nullable Problem tooFast(App app) {
    if (rate == null) {
      rate = new EventRate(context.ticker());
    }
    return rate.refusal(Math.max(PER_SECOND, app.settings().limits().clientEventsPerSecond()));
  }
}
