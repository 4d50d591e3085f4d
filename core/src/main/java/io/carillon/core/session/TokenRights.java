package io.carillon.core.session;

import io.carillon.core.auth.Actor;
import io.carillon.core.auth.ClientToken;
import io.carillon.core.auth.Revocations;
import io.carillon.core.auth.TokenLimits;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.AppId;
import org.jspecify.annotations.Nullable;

/** What a client token allows. Immutable. */
public record TokenRights(ClientToken token) implements Rights {
  /** When this part of a token's life is left, the client is asked for a new one. */
  private static final double RENEWAL_SHARE = 0.2;

  @Override
  public Actor actor() {
    return new Actor.TokenHolder(token);
  }

  @Override
  public TokenLimits limits() {
    return token.limits();
  }

  /** Why the token counts no more, or null as long as it does. */
  @Nullable Problem problemAt(long epochMillis, AppId app, Revocations revocations) {
    if (epochMillis / 1_000 >= token.expiresAt()) {
      return Problem.of(ErrorCode.TOKEN_EXPIRED);
    }
    return revocations.isRevoked(app, token) ? Problem.of(ErrorCode.TOKEN_REVOKED) : null;
  }

  /** For how many milliseconds the token still counts. */
  long remainingMillis(long epochMillis) {
    return token.expiresAt() * 1_000 - epochMillis;
  }

  /** Whether it is time for a new one. */
  boolean isRenewalDue(long epochMillis) {
    long life = (token.expiresAt() - token.issuedAt()) * 1_000;
    return remainingMillis(epochMillis) <= life * RENEWAL_SHARE;
  }
}
