package io.carillon.core.auth;

import io.carillon.core.channel.ChannelPolicy;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.App;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.ChannelRule;
import io.carillon.core.model.ChannelRule.Admission;
import io.carillon.core.model.Standing;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides who may do what on a channel, for every door and for whoever asks why: what was shown has
 * to allow it, and so has the channel's rule. Stateless.
 */
public final class Authorizer {
  private Authorizer() {}

  /** The decision, and what decided it. */
  public static Explanation explain(
      App app, Actor actor, Operation operation, ChannelName channel) {
    Explanation shown = actor.explain(operation, channel);
    Explanation denied =
        shown.allowed() ? deniedByRule(app, actor.standing(), operation, channel) : null;
    return denied == null ? shown : denied;
  }

  /** Why it is refused, or null when it is allowed. */
  public static @Nullable Problem refusal(
      App app, Actor actor, Operation operation, ChannelName channel) {
    return problemOf(explain(app, actor, operation, channel), operation, channel);
  }

  /**
   * Why the channel's rule refuses it, or null; for a protocol that has found by itself that what
   * was shown allows it.
   */
  public static @Nullable Problem refusalByRule(
      App app, Standing standing, Operation operation, ChannelName channel) {
    Explanation denied = deniedByRule(app, standing, operation, channel);
    return denied == null ? null : problemOf(denied, operation, channel);
  }

  /** Whether a subscriber may send client events, which the Pusher protocol has. */
  public static Explanation explainClientEvent(App app, ChannelName channel) {
    if (!channel.kind().allowsClientEvents()) {
      return new Explanation.KindDenies(channel.kind());
    }
    ChannelPolicy policy = ChannelPolicy.of(app, channel);
    ChannelRule rule = policy.rule();
    if (!policy.clientEvents()) {
      return new Explanation.ClientEventsOff(
          rule == null || rule.clientEvents() == null ? null : rule.pattern());
    }
    Explanation denied = deniedByRule(app, Standing.CLIENTS, Operation.PUBLISH, channel);
    return denied == null ? new Explanation.OpenChannel() : denied;
  }

  private static @Nullable Explanation deniedByRule(
      App app, Standing standing, Operation operation, ChannelName channel) {
    ChannelRule rule = app.ruleFor(channel);
    Standing least = rule == null ? null : least(rule.admission(), operation);
    return rule == null || least == null || standing.isAtLeast(least)
        ? null
        : new Explanation.RuleDenies(rule.pattern(), least);
  }

  private static @Nullable Standing least(Admission admission, Operation operation) {
    return switch (operation) {
      case PUBLISH, MESSAGE_UPDATE_OWN, MESSAGE_UPDATE_ANY -> admission.publish();
      case SUBSCRIBE, HISTORY -> admission.subscribe();
      case PRESENCE -> admission.presence();
    };
  }

  /** The decision as a problem, or null when it allows. */
  public static @Nullable Problem problemOf(
      Explanation explanation, Operation operation, ChannelName channel) {
    String wish = operation.wish() + " " + channel;
    return switch (explanation) {
      case Explanation.Allowed allowed -> null;
      case Explanation.NoRule(var matching) ->
          Problem.of(
              ErrorCode.CAPABILITY_DENIED,
              matching.isEmpty()
                  ? wish + " (expected: a capability whose pattern matches the channel)"
                  : wish
                      + " (expected: "
                      + operation.word()
                      + " in the capability "
                      + matching.stream()
                          .map(pattern -> "\"" + pattern.text() + "\"")
                          .collect(Collectors.joining(" or "))
                      + ")");
      case Explanation.OfServer ofServer ->
          Problem.of(
              ErrorCode.CAPABILITY_DENIED, wish + " (expected: no channel of the server's own)");
      case Explanation.NeedsCredentials needs ->
          Problem.of(ErrorCode.CAPABILITY_DENIED, wish + " (expected: a client token for it)");
      case Explanation.RuleDenies(var rule, var least) ->
          Problem.of(
              ErrorCode.RULE_DENIED,
              wish + " (expected: " + least.word() + ", as the rule \"" + rule.text() + "\" says)");
      case Explanation.KindDenies(var kind) ->
          Problem.of(ErrorCode.CLIENT_EVENT_NOT_ALLOWED, channel.value());
      case Explanation.ClientEventsOff(var rule) ->
          Problem.of(
              ErrorCode.CLIENT_EVENTS_DISABLED,
              rule == null ? channel.value() : channel + ", by the rule \"" + rule.text() + "\"");
    };
  }
}
