package io.carillon.client;

import static java.util.Objects.requireNonNull;

/**
 * What a backend answers to a client that asked for a signature. Immutable, so any thread may use
 * it.
 *
 * @param auth {@code <key>:<signature>}, the signature as 64 lower-case hex digits
 * @param json the body of the answer, a JSON object with {@code auth} and what else belongs to it;
 *     send it with status 200 and {@code Content-Type: application/json}
 */
public record AuthAnswer(String auth, String json) {
  /** Neither may be null. */
  public AuthAnswer {
    requireNonNull(auth, "auth");
    requireNonNull(json, "json");
  }

  /** The auth string only: the body of an encrypted channel's answer holds its shared secret. */
  @Override
  public String toString() {
    return "AuthAnswer[auth=" + auth + "]";
  }
}
