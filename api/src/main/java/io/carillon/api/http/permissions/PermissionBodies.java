package io.carillon.api.http.permissions;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.carillon.api.http.ProblemBody;
import io.carillon.core.error.Problem;
import io.carillon.core.model.ChannelPattern;
import io.carillon.core.model.Explanation;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is asked and answered about permissions, as it is written. */
public final class PermissionBodies {
  private PermissionBodies() {}

  /** Who would do what on which channel. */
  @Introspected
  @Schema(
      name = "PermissionQuestion",
      description =
          "Who: a token, or capabilities with or without a clientId, or anyone who has a key; the"
              + " caller itself when none of them is given")
  public record Question(
      @Schema(description = "A client token") @Nullable String token,
      @Schema(description = "An application's public key, without its secret") @Nullable String key,
      @Nullable Map<String, List<String>> capabilities,
      @Nullable String clientId,
      @Schema(
              description = "client-event: to send one on the Pusher protocol",
              pattern = "subscribe|publish|presence|history|client-event")
          String operation,
      String channel) {
    /** Without what somebody authenticates with. */
    @Override
    public String toString() {
      return "Question";
    }
  }

  /** The decision. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "Permission")
  public record Decision(
      boolean allowed,
      String operation,
      String channel,
      DecidedBy decidedBy,
      @Schema(description = "What the one who asks is told; absent when it is allowed")
          @Nullable ProblemBody problem) {}

  /** The one thing that decided. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "DecidedBy")
  public record DecidedBy(
      @Schema(
              pattern =
                  "capability|own-channel|key-secret|open-channel|no-capability|server-channel"
                      + "|key-alone|key-limit|channel-rule|channel-kind|app-setting|token")
          String type,
      @Schema(description = "Of the capability or the channel rule") @Nullable String pattern,
      @Schema(
              description =
                  "Patterns for the channel, of the token or the key, that lack the operation")
          @Nullable List<String> lacking,
      @Schema(description = "Whom the rule asks for", pattern = "clients|tokens|server")
          @Nullable String least,
      @Schema(description = "The key, the kind of channel or the setting that decided")
          @Nullable String name) {

    private static DecidedBy of(String type) {
      return new DecidedBy(type, null, null, null, null);
    }

    private static DecidedBy named(String type, String name) {
      return new DecidedBy(type, null, null, null, name);
    }

    private static DecidedBy pattern(String type, ChannelPattern pattern) {
      return new DecidedBy(type, pattern.text(), null, null, null);
    }

    static DecidedBy token(Problem problem) {
      return named("token", problem.code().slug());
    }

    static DecidedBy of(Explanation explanation) {
      return switch (explanation) {
        case Explanation.AllowedBy(var pattern) -> pattern("capability", pattern);
        case Explanation.OwnChannel own -> of("own-channel");
        case Explanation.BySecret(var key) -> named("key-secret", key.value());
        case Explanation.OpenChannel open -> of("open-channel");
        case Explanation.NoRule(var matching) ->
            new DecidedBy(
                "no-capability",
                null,
                matching.stream().map(ChannelPattern::text).toList(),
                null,
                null);
        case Explanation.OfServer server -> of("server-channel");
        case Explanation.NeedsCredentials needs -> of("key-alone");
        case Explanation.KeyLimited(var key, var matching) ->
            new DecidedBy(
                "key-limit",
                null,
                matching.stream().map(ChannelPattern::text).toList(),
                null,
                key.value());
        case Explanation.RuleDenies(var rule, var least) ->
            new DecidedBy("channel-rule", rule.text(), null, least.word(), null);
        case Explanation.KindDenies(var kind) -> named("channel-kind", kind.prefix());
        case Explanation.ClientEventsOff(var rule) ->
            rule == null
                ? named("app-setting", "clientEvents")
                : new DecidedBy("channel-rule", rule.text(), null, null, "clientEvents");
      };
    }
  }
}
