package io.carillon.api.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.carillon.core.account.AccessToken;
import io.carillon.core.account.PersonalTokens;
import io.carillon.core.model.TenantId;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is said about access tokens. Stateless. */
final class AccessTokenBodies {
  private AccessTokenBodies() {}

  /** A new access token. */
  @Introspected
  @Schema(name = "AccessTokenRequest")
  record AccessTokenRequest(
      @Schema(description = "1 to 100 characters") String label,
      @Schema(
              description = "In how many days it ends; 90 when absent",
              minimum = "1",
              maximum = "365")
          @Nullable Integer days,
      @Schema(description = "The only tenant in which it counts; all of its owner when absent")
          @Nullable String tenant,
      @Schema(
              description = "As what it counts at most; its owner may be less",
              pattern = "admin|developer|viewer")
          String role) {}

  /** An access token without its secret. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "AccessToken")
  record AccessTokenBody(
      String id,
      String label,
      @Schema(description = "The only tenant in which it counts; absent for all of its owner")
          @Nullable String tenant,
      @Schema(pattern = "admin|developer|viewer") String role,
      String since,
      String expiresAt,
      @Schema(description = "Up to a minute late") @Nullable String lastUsedAt) {
    static AccessTokenBody of(AccessToken token) {
      TenantId tenant = token.reach().tenant();
      Instant used = token.usedAt();
      return new AccessTokenBody(
          token.id().toString(),
          token.label(),
          tenant == null ? null : tenant.toString(),
          token.reach().ceiling().word(),
          token.since().toString(),
          token.expiresAt().toString(),
          used == null ? null : used.toString());
    }
  }

  /** All access tokens of an account. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(name = "AccessTokens")
  record AccessTokenList(List<AccessTokenBody> tokens) {}

  /** An access token with its secret, this once. */
  @Serdeable
  @Schema(name = "NewAccessToken")
  record MadeAccessToken(
      AccessTokenBody token, @Schema(description = "It is not told again") String secret) {
    static MadeAccessToken of(PersonalTokens.Made made) {
      return new MadeAccessToken(AccessTokenBody.of(made.token()), made.secret());
    }

    /** Leaves the secret out. */
    @Override
    public String toString() {
      return "MadeAccessToken[token=" + token + "]";
    }
  }
}
