package io.carillon.core.auth;

import io.carillon.core.engine.ControlBus;
import io.carillon.core.engine.ControlBus.Order.RevokeTokens;
import io.carillon.core.engine.Revocation;
import io.carillon.core.engine.RevocationAdmin;
import io.carillon.core.model.App;
import io.carillon.core.runtime.Ticker;

/**
 * Revokes client tokens: first it is kept, so that no restart forgets it, then every node is told,
 * which obeys within a second. Blocks; thread-safe.
 *
 * @param bus what it cannot carry, the directory does, later
 */
public record TokenRevoker(RevocationAdmin admin, ControlBus bus, Ticker ticker) {
  /**
   * Revokes the tokens of the application that fit.
   *
   * @return false when the application is gone
   */
  public boolean revoke(App app, RevokeTokens order) {
    boolean kept = admin.keep(app.tenant(), new Revocation(order, ticker.epochMillis()));
    if (kept) {
      bus.broadcast(order);
    }
    return kept;
  }
}
