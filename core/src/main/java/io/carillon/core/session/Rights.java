package io.carillon.core.session;

import io.carillon.core.auth.Actor;
import io.carillon.core.auth.TokenLimits;
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

  /** What every holder of an application's public key may do: listen to open channels. */
  Rights OF_KEY = () -> Actor.KeyHolder.ANYONE;
}
