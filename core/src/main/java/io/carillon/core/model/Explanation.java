package io.carillon.core.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why somebody may or may not do something on a channel: the decision itself, which names the one
 * thing that decided. Immutable.
 */
public sealed interface Explanation {
  /** Whether it is allowed. */
  default boolean allowed() {
    return this instanceof Allowed;
  }

  /** What allows. */
  sealed interface Allowed extends Explanation {}

  /** The first capability that allows it. */
  record AllowedBy(ChannelPattern rule) implements Allowed {}

  /** The channel of the client itself, which needs no capability to be read. */
  record OwnChannel() implements Allowed {}

  /** The key's secret was shown, which allows everything in its application. */
  record BySecret(KeyId key) implements Allowed {}

  /** A channel that everyone who knows the key may read. */
  record OpenChannel() implements Allowed {}

  /**
   * No capability allows it.
   *
   * @param matching the capabilities that are for the channel, but lack the operation
   */
  record NoRule(List<ChannelPattern> matching) implements Explanation {
    public NoRule {
      matching = List.copyOf(matching);
    }
  }

  /** A channel of the server, which no capability reaches. */
  record OfServer() implements Explanation {}

  /** The key alone does not allow it; a client token or a signature would. */
  record NeedsCredentials() implements Explanation {}

  /**
   * The key with which it is done, or which signed what was shown, is limited to other things.
   *
   * @param matching the patterns of its limit that are for the channel, but lack the operation
   */
  record KeyLimited(KeyId key, List<ChannelPattern> matching) implements Explanation {
    public KeyLimited {
      matching = List.copyOf(matching);
    }
  }

  /** The channel's rule asks for a higher standing. */
  record RuleDenies(ChannelPattern rule, Standing least) implements Explanation {}

  /** Client events are not possible on channels of this kind. */
  record KindDenies(ChannelKind kind) implements Explanation {}

  /**
   * Client events are switched off.
   *
   * @param rule the rule that says so, or null when it is the application's setting
   */
  record ClientEventsOff(@Nullable ChannelPattern rule) implements Explanation {}
}
