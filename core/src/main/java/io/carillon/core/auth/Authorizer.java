package io.carillon.core.auth;

import io.carillon.core.channel.ChannelPolicy;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.App;
import io.carillon.core.model.Capabilities;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.ChannelPattern;
import io.carillon.core.model.ChannelRule;
import io.carillon.core.model.ChannelRule.Admission;
import io.carillon.core.model.Explanation;
import io.carillon.core.model.KeyId;
import io.carillon.core.model.Operation;
import io.carillon.core.model.Origins;
import io.carillon.core.model.Standing;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides which pages may connect, and who may do what on a channel, for every door and for whoever
 * asks why: what was shown has to allow it, and so have the key's limit and the channel's rule.
 * Stateless.
 */
public final class Authorizer {
  private Authorizer() {}

  /**
   * Why the application takes no connection of this origin, or null; how many there are is not
   * asked here.
   *
   * @param origin of the web page, as its browser says; null for a program that is no page
   */
  public static @Nullable Problem refusalToConnect(App app, @Nullable String origin) {
    if (!app.settings().enabled()) {
      return Problem.of(ErrorCode.APP_DISABLED);
    }
    if (app.settings().origins().allow(origin)) {
      return null;
    }
    String shown = origin == null || Origins.parse(origin) == null ? "none" : origin;
    return Problem.of(
        ErrorCode.ORIGIN_DENIED, shown + " (expected: one of the application's allowed origins)");
  }

  /** The decision, and what decided it. */
  public static Explanation explain(
      App app, Actor actor, Operation operation, ChannelName channel) {
    Explanation shown = actor.explain(operation, channel);
    if (!shown.allowed()) {
      return shown;
    }
    Explanation denied = deniedByKey(app, actor.key(), operation, channel);
    if (denied == null) {
      denied = deniedByRule(app, actor.standing(), operation, channel);
    }
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

  /**
   * Why the key's limit refuses it, or null; for a protocol that has found by itself that what the
   * key signed allows it.
   */
  public static @Nullable Problem refusalByKey(
      App app, @Nullable KeyId key, Operation operation, ChannelName channel) {
    Explanation denied = deniedByKey(app, key, operation, channel);
    return denied == null ? null : problemOf(denied, operation, channel);
  }

  /**
   * Why the key may not do what is about the whole application, or null: a limit is about channels,
   * so a key that has one may do nothing else.
   *
   * @param wish what it would do, for a sentence
   */
  public static @Nullable Problem refusalOfLimited(App app, KeyId key, String wish) {
    return app.limitOf(key) == null
        ? null
        : Problem.of(
            ErrorCode.CAPABILITY_DENIED,
            wish + " by the limited key " + key + " (expected: a key without limits)");
  }

  private static @Nullable Explanation deniedByKey(
      App app, @Nullable KeyId key, Operation operation, ChannelName channel) {
    Capabilities limit = key == null ? null : app.limitOf(key);
    return key == null || limit == null || limit.allowKey(operation, channel)
        ? null
        : new Explanation.KeyLimited(key, limit.matching(channel));
  }

  /**
   * Whether a subscriber may send client events, which the Pusher protocol has.
   *
   * @param key which signed the subscription, or null for none in particular
   */
  public static Explanation explainClientEvent(App app, @Nullable KeyId key, ChannelName channel) {
    if (!channel.kind().allowsClientEvents()) {
      return new Explanation.KindDenies(channel.kind());
    }
    ChannelPolicy policy = ChannelPolicy.of(app, channel);
    ChannelRule rule = policy.rule();
    if (!policy.clientEvents()) {
      return new Explanation.ClientEventsOff(
          rule == null || rule.clientEvents() == null ? null : rule.pattern());
    }
    Explanation denied = deniedByKey(app, key, Operation.PUBLISH, channel);
    if (denied == null) {
      denied = deniedByRule(app, Standing.CLIENTS, Operation.PUBLISH, channel);
    }
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
                      + quoted(matching)
                      + ")");
      case Explanation.KeyLimited(var key, var matching) ->
          Problem.of(
              ErrorCode.CAPABILITY_DENIED,
              wish
                  + " (expected: "
                  + operation.word()
                  + " in the limit of the key "
                  + key
                  + (matching.isEmpty() ? ", for the channel" : ", for " + quoted(matching))
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

  private static String quoted(List<ChannelPattern> patterns) {
    return patterns.stream()
        .map(pattern -> "\"" + pattern.text() + "\"")
        .collect(Collectors.joining(" or "));
  }
}
