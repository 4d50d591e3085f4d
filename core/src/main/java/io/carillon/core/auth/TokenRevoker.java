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
   * Revokes the tokens of the application that fit. A time in the future counts as now, but for the
   * skew of clocks, so that a later start does not lock out who was let in since.
   *
   * @return false when the application is gone
   */
  public boolean revoke(App app, RevokeTokens asked) {
    long now = ticker.epochMillis();
    long latest = now / 1_000 + ClientToken.CLOCK_SKEW.toSeconds();
    RevokeTokens order =
        new RevokeTokens(
            asked.app(), asked.by(), asked.value(), Math.min(asked.issuedBefore(), latest));
    boolean kept = admin.keep(app.tenant(), new Revocation(order, now));
    if (kept) {
      bus.broadcast(order);
    }
    return kept;
  }
}
