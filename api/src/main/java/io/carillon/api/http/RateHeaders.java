package io.carillon.api.http;

import io.carillon.core.error.Problem;
import io.carillon.core.limit.Gates;
import io.micronaut.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Says in headers how much an application may publish and when to come back, as the draft
 * "RateLimit header fields for HTTP" writes it (draft-ietf-httpapi-ratelimit-headers-10).
 * Stateless.
 */
public final class RateHeaders {
  private static final String POLICY = "RateLimit-Policy";
  private static final String STATE = "RateLimit";
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int UNAVAILABLE = 503;
  private static final long SECOND_MILLIS = 1_000;

  private RateHeaders() {}

  /** What is left to the application and its key; nothing where nothing is limited. */
  public static void tell(Reply reply, @Nullable Gates gates) {
    if (gates != null && gates.isTold()) {
      reply.with(POLICY, gates.policy());
      reply.with(STATE, gates.state());
    }
  }

  /** When the refused call may succeed, where that is known. */
  public static void retryAfter(Reply reply, Problem problem) {
    int status = problem.code().httpStatus();
    if (status == UNAVAILABLE) {
      reply.with(HttpHeaders.RETRY_AFTER, EngineDeadline.RETRY_AFTER_SECONDS);
    } else if (status == TOO_MANY_REQUESTS && problem.afterMillis() > 0) {
      long seconds = (problem.afterMillis() + SECOND_MILLIS - 1) / SECOND_MILLIS;
      reply.with(HttpHeaders.RETRY_AFTER, String.valueOf(seconds));
    }
  }
}
