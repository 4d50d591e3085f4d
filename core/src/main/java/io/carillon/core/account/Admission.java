package io.carillon.core.account;

import java.time.Instant;

/** How far somebody got who has proved to have an account. Immutable. */
public sealed interface Admission {
  /** Signed in. */
  record Open(Visitor visitor) implements Admission {}

  /**
   * A code is needed; until then nobody is signed in.
   *
   * @param token for the second step; whoever has it and a code comes in
   */
  record CodeAsked(String token, Instant expiresAt) implements Admission {
    /** Leaves the token out. */
    @Override
    public String toString() {
      return "CodeAsked[expiresAt=" + expiresAt + "]";
    }
  }
}
