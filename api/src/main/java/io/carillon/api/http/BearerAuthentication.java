package io.carillon.api.http;

import io.carillon.core.auth.Actor;
import io.carillon.core.auth.TokenReader;
import io.carillon.core.auth.TokenVerdict;
import io.carillon.core.model.KeyId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says whose a request is by {@code Authorization: Bearer} with a client token. Thread-safe. */
final class BearerAuthentication {
  static final String CHALLENGE = "Bearer realm=\"carillon\"";

  private static final String SCHEME = "bearer ";

  private final TokenReader tokens;

  /**
   * @param tokens refuses revoked tokens too
   */
  BearerAuthentication(TokenReader tokens) {
    this.tokens = tokens;
  }

  static boolean isMeant(@Nullable String authorization) {
    return authorization != null && authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME);
  }

  /** The key that the token names, be it good or not; null for none. */
  @Nullable KeyId named(String authorization) {
    return switch (tokens.read(authorization.substring(SCHEME.length()).strip())) {
      case TokenVerdict.Valid valid -> valid.token().key();
      case TokenVerdict.Refused refused -> refused.key();
    };
  }

  Checked<Caller> verify(String authorization) {
    return switch (tokens.read(authorization.substring(SCHEME.length()).strip())) {
      case TokenVerdict.Valid(var app, var token) ->
          Checked.valid(new Caller(app, new Actor.TokenHolder(token)));
      case TokenVerdict.Refused refused -> Checked.refused(refused.problem());
    };
  }
}
