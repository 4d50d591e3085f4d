package io.carillon.client;

import java.util.Optional;

/**
 * Why a token is asked for. Immutable.
 *
 * @param reason what happened
 * @param attempt counts the requests since the last answer, from 1
 * @param error what the server said against the last token; only when it was refused
 */
public record TokenRequest(Reason reason, int attempt, Optional<CarillonException> error) {
  /** What happened. */
  public enum Reason {
    /** A connection is about to be made, and no token is known to live long enough. */
    CONNECT,
    /** The connection's token is about to end. */
    RENEW,
    /** The server did not take the last token: it ended, was revoked, or its key was. */
    REFUSED
  }
}
