package io.carillon.api.http.permissions;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is asked and answered about client tokens, as it is written. */
public final class TokenBodies {
  private TokenBodies() {}

  /** What a token shall say. */
  @Introspected
  @Schema(name = "TokenRequest")
  public record ToIssue(
      @Schema(description = "Who the client is; anyone when absent", maxLength = 128)
          @Nullable String clientId,
      @Schema(
              description =
                  "Channel patterns, each with a list of subscribe, publish, presence and history",
              example = "{\"chat:*\":[\"subscribe\",\"publish\"]}")
          @Nullable Map<String, List<String>> capabilities,
      @Schema(description = "Seconds; 3,600 when absent", minimum = "1", maximum = "86400")
          @Nullable Integer ttl,
      @Nullable Limits limits) {}

  /** How much the client may do on one connection. */
  @Introspected
  @Schema(
      name = "TokenLimits",
      description = "How much the client may do on one connection, below the application's limits")
  public record Limits(
      @Schema(description = "Subscriptions at once", minimum = "1", maximum = "1000000")
          @Nullable Integer channels,
      @Schema(description = "Messages in a second", minimum = "1", maximum = "1000000")
          @Nullable Integer publishes) {}

  /** A token. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "Token")
  public record Issued(
      @Schema(description = "What the client sends") String token,
      @Schema(description = "Names this one token, so that it can be revoked") @Nullable String id,
      @Nullable String clientId,
      Map<String, List<String>> capabilities,
      @Schema(description = "In milliseconds since 1970") long expiresAt) {
    /** Without what somebody authenticates with. */
    @Override
    public String toString() {
      return "Issued";
    }
  }

  /** Which tokens shall count no more. */
  @Introspected
  @Schema(name = "RevocationRequest", description = "One of id, clientId and key")
  public record ToRevoke(
      @Schema(description = "One token") @Nullable String id,
      @Schema(description = "A client's tokens") @Nullable String clientId,
      @Schema(description = "The tokens that a key of the application signed") @Nullable String key,
      @Schema(
              description =
                  "Only what was issued before this time, in milliseconds since 1970, counted in"
                      + " whole seconds; now when absent. Not with id")
          @Nullable Long issuedBefore) {}

  /** What was revoked. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "Revoked", description = "Every node acts on it within a second")
  public record Revoked(
      @Schema(pattern = "id|clientId|key") String by,
      String value,
      @Schema(description = "In milliseconds since 1970; absent for one token")
          @Nullable Long issuedBefore) {}
}
