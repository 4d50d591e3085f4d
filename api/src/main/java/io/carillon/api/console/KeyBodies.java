package io.carillon.api.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.carillon.core.account.AppListings.KeyListing;
import io.carillon.core.account.AppListings.KeySighting;
import io.carillon.core.account.AppListings.KeyUse;
import io.carillon.core.account.Keys;
import io.carillon.core.model.Capabilities;
import io.carillon.core.model.KeyId;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is said about keys. Stateless. */
final class KeyBodies {
  static final String UNANSWERED =
      "Nodes that did not answer in time and are not in it; absent when all did";

  private KeyBodies() {}

  /** A new key. */
  @Introspected
  @Schema(name = "KeyRequest")
  record KeyRequest(
      @Schema(description = "1 to 100 characters") String label,
      @Schema(description = LIMIT, example = LIMIT_EXAMPLE)
          @Nullable Map<String, List<String>> capabilities) {}

  /** What is to be another; what is absent stays. */
  @Introspected
  @Schema(name = "KeyChange")
  record KeyChange(
      @Schema(description = "1 to 100 characters") @Nullable String label,
      @Schema(description = LIMIT, example = LIMIT_EXAMPLE)
          @Nullable Map<String, List<String>> capabilities) {}

  private static final String LIMIT =
      "What may be done with the key, and with all that it signs: channel patterns, each with a list"
          + " of operations; null for everything";

  private static final String LIMIT_EXAMPLE = "{\"chat:*\":[\"subscribe\",\"publish\"]}";

  /** How a key is replaced. */
  @Introspected
  @Schema(name = "Rotation")
  record Rotation(
      @Schema(
              description = "How long both count; a week when it is absent",
              minimum = "1",
              maximum = "7776000")
          @Nullable Integer overlapSeconds,
      @Schema(
              description =
                  "The key ends earlier when nothing used it for so long; overlapSeconds is 90 days"
                      + " then when it is absent",
              minimum = "600",
              maximum = "7776000")
          @Nullable Integer unusedSeconds) {}

  /** A program that uses a key. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "KeyProgram")
  record Program(
      @Schema(
              description = "How it speaks to us; rest is signed with the secret, others need not",
              pattern = "rest|pusher|pusher-http|carillon|sse|poll")
          String protocol,
      @Schema(description = "As it named itself; absent when it did not") @Nullable String library,
      @Schema(description = "A /24 of IPv4 or a /48 of IPv6; absent when it is unknown")
          @Nullable String from,
      String lastUsedAt) {}

  /** The programs that use a key. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "KeyPrograms")
  record Programs(
      @Schema(description = "Up to half a minute late") List<Program> programs,
      @Schema(description = "For how long it has to be unused to be closed; absent for never")
          @Nullable Integer closesUnusedSeconds) {
    static Programs of(List<KeySighting> seen, Optional<Duration> unused) {
      return new Programs(
          seen.stream()
              .map(
                  use ->
                      new Program(
                          use.protocol(),
                          LiveBodies.orNull(use.library()),
                          LiveBodies.orNull(use.from()),
                          use.at().toString()))
              .toList(),
          unused.map(time -> (int) time.toSeconds()).orElse(null));
    }
  }

  /** A key without its secret. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "Key")
  record KeyBody(
      String id,
      String label,
      @Schema(description = "What may be done with it at most; absent for everything")
          @Nullable Map<String, List<String>> capabilities,
      String since,
      @Schema(description = "The key whose successor it is") @Nullable String replaces,
      @Schema(description = "When it is closed, as it has a successor") @Nullable String closesAt,
      @Schema(description = "When it was used last for HTTP; up to a minute late")
          @Nullable String lastUsedAt,
      @Schema(description = "The library that used it last, as it named itself")
          @Nullable String lastUsedBy,
      @Schema(description = "Connections that came with it") @Nullable Integer connections) {
    static KeyBody of(KeyListing key, NodesAsked.@Nullable Sum connections) {
      Capabilities limit = key.limit();
      KeyId replaces = key.replaces();
      Instant closesAt = key.closesAt();
      KeyUse use = key.lastUse();
      return new KeyBody(
          key.id().value(),
          key.label(),
          limit == null ? null : limit.written(),
          key.since().toString(),
          replaces == null ? null : replaces.value(),
          closesAt == null ? null : closesAt.toString(),
          use == null ? null : use.at().toString(),
          use == null ? null : use.library(),
          connections == null ? null : connections.value());
    }
  }

  /** All of an application's keys. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(name = "Keys")
  record KeyList(List<KeyBody> keys) {}

  /** A key with its secret, this once. */
  @Serdeable
  @Schema(name = "NewKey")
  record MadeKey(KeyBody key, @Schema(description = "It is not told again") String secret) {
    /** Leaves the secret out. */
    @Override
    public String toString() {
      return "MadeKey[key=" + key + "]";
    }
  }

  static ConsoleAnswer made(Keys.Made made) {
    return ConsoleAnswer.created(
        new MadeKey(
            KeyBody.of(made.listing(), null), new String(made.key().secret().reveal(), UTF_8)));
  }

  /** What a key has at this moment. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "KeyConnections")
  record Connections(
      @Schema(description = "Of all nodes") int connections,
      @Schema(description = UNANSWERED) @Nullable Integer unanswered) {
    static Connections of(NodesAsked.Sum sum) {
      return new Connections(sum.value(), sum.unansweredOrNull());
    }
  }

  /** A key that counts no more. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "KeyRevoked")
  record Revoked(
      String id,
      @Schema(description = "Connections that it had, and that are cut off") int connections,
      @Schema(description = UNANSWERED) @Nullable Integer unanswered) {}
}
