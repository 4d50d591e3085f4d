package io.carillon.core.auth;

import io.carillon.core.model.ChannelPattern;
import java.util.List;

/** Why a client may or may not do something on a channel, for the people who ask. Immutable. */
public sealed interface Explanation {
  /** Whether it is allowed. */
  default boolean allowed() {
    return this instanceof AllowedBy || this instanceof OwnChannel;
  }

  /** The first rule that allows it. */
  record AllowedBy(ChannelPattern rule) implements Explanation {}

  /** The channel of the client itself, which needs no rule to be read. */
  record OwnChannel() implements Explanation {}

  /**
   * No rule allows it.
   *
   * @param matching the rules that are for the channel, but lack the operation
   */
  record NoRule(List<ChannelPattern> matching) implements Explanation {
    public NoRule {
      matching = List.copyOf(matching);
    }
  }

  /** A channel of the server, which no rule reaches. */
  record OfServer() implements Explanation {}
}
