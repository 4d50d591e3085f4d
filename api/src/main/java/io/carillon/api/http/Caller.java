package io.carillon.api.http;

import io.carillon.core.auth.Actor;
import io.carillon.core.auth.Authorizer;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.ApiKey;
import io.carillon.core.model.App;
import io.carillon.core.model.KeyId;
import io.carillon.core.model.Message.Origin;
import org.jspecify.annotations.Nullable;

/** Who calls: an application's backend by one of its keys, or a client by its token. Immutable. */
public record Caller(App app, Actor actor) {
  /** The key that was shown, or that signed the token. */
  public KeyId key() {
    return switch (actor) {
      case Actor.Backend(var key) -> key;
      case Actor.TokenHolder(var token) -> token.key();
      case Actor.KeyHolder holder ->
          throw new IllegalStateException("a key alone calls (expected: its secret, or a token)");
    };
  }

  /** The key with which tokens for this caller are signed. */
  public Checked<ApiKey> signingKey() {
    ApiKey key = app.key(key());
    // it was active a moment ago
    return key == null ? Checked.refused(Problem.of(ErrorCode.APP_UNKNOWN)) : Checked.valid(key);
  }

  /** Why a limited key may not do this, which is about the whole application, or null. */
  @Nullable Problem refusalOfLimited(String wish) {
    return Authorizer.refusalOfLimited(app, key(), wish);
  }

  boolean isBackend() {
    return actor instanceof Actor.Backend;
  }

  /** Whose a message of this caller is. */
  public Origin origin() {
    return isBackend() ? Origin.Backend.TO_EVERYONE : new Origin.Client(null, actor.clientId());
  }
}
