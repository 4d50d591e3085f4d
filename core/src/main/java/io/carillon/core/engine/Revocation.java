package io.carillon.core.engine;

import io.carillon.core.engine.ControlBus.Order.RevokeTokens;

/**
 * A revocation of client tokens that was decided. Immutable.
 *
 * @param atMillis when, in milliseconds since 1970
 */
public record Revocation(RevokeTokens order, long atMillis) {}
