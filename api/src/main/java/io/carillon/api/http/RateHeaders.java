package io.carillon.api.http;

import io.carillon.core.error.Problem;
import io.carillon.core.limit.MessageRate;
import io.carillon.core.model.AppId;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.MutableHttpResponse;

/**
 * Says in headers how much an application may publish and when to come back, as the draft
 * "RateLimit header fields for HTTP" writes it. Stateless.
 */
public final class RateHeaders {
  private static final String POLICY = "RateLimit-Policy";
  private static final String STATE = "RateLimit";
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int UNAVAILABLE = 503;
  private static final long SECOND_MILLIS = 1_000;

  private RateHeaders() {}

  /** What is left to the application; nothing where nothing is limited. */
  public static void tell(MutableHttpResponse<?> response, MessageRate rate, AppId app) {
    MessageRate.Level level = rate.level(app);
    if (level != null) {
      response.header(POLICY, "\"messages\";q=" + level.perSecond() + ";w=1");
      response.header(STATE, "\"messages\";r=" + level.left() + ";t=1");
    }
  }

  /** When the refused call may succeed, where that is known. */
  public static void retryAfter(MutableHttpResponse<?> response, Problem problem) {
    int status = problem.code().httpStatus();
    if (status == UNAVAILABLE) {
      response.header(HttpHeaders.RETRY_AFTER, EngineDeadline.RETRY_AFTER_SECONDS);
    } else if (status == TOO_MANY_REQUESTS && problem.afterMillis() > 0) {
      long seconds = (problem.afterMillis() + SECOND_MILLIS - 1) / SECOND_MILLIS;
      response.header(HttpHeaders.RETRY_AFTER, String.valueOf(seconds));
    }
  }
}
