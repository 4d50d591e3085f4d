package io.carillon.api.http;

import io.carillon.core.auth.Actor;
import io.carillon.core.auth.TokenReader;
import io.carillon.core.auth.TokenVerdict;
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

  Checked<Caller> verify(String authorization) {
    return switch (tokens.read(authorization.substring(SCHEME.length()).strip())) {
      case TokenVerdict.Valid(var app, var token) ->
          Checked.valid(new Caller(app, new Actor.TokenHolder(token)));
      case TokenVerdict.Refused(var problem) -> Checked.refused(problem);
    };
  }
}
