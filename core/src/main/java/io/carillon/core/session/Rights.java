package io.carillon.core.session;

import io.carillon.core.auth.Actor;
import io.carillon.core.auth.TokenLimits;
import io.carillon.core.model.KeyId;
import org.jspecify.annotations.Nullable;

/**
 * What a connection may do by what it showed when it opened; where a protocol signs single
 * channels, that comes on top. Immutable.
 */
public interface Rights {
  /** Who asks, for every decision. */
  Actor actor();

  /** Who it is, or null for nobody in particular. */
  default @Nullable String clientId() {
    return actor().clientId();
  }

  /** How much it may do, below what the application's limits allow. */
  default TokenLimits limits() {
    return TokenLimits.NONE;
  }

  /**
   * What every holder of an application's public key may do: listen to open channels, as far as
   * that key reaches, which the session knows.
   */
  Rights OF_KEY = () -> Actor.KeyHolder.ANYONE;

  /** The same of this key. */
  static Rights ofKey(KeyId key) {
    Actor holder = new Actor.KeyHolder(key);
    return () -> holder;
  }
}
