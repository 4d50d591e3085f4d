package io.carillon.edge.carrier.follow;

import io.carillon.core.error.Problem;
import io.carillon.edge.protocol.ProblemJson;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;

/** What the requests beside streams are answered. Stateless. */
public final class Answers {
  private static final MediaType PROBLEM = MediaType.of(ProblemJson.MEDIA_TYPE);
  private static final String RETRY_AFTER_SECONDS = "5";

  private Answers() {}

  /** JSON that nobody keeps. */
  public static HttpResponse<?> json(byte[] body) {
    return HttpResponse.ok(body)
        .contentType(MediaType.APPLICATION_JSON_TYPE)
        .header(HttpHeaders.CACHE_CONTROL, "no-store");
  }

  /** The problem, with its status. */
  public static HttpResponse<?> refusal(Problem problem) {
    int status = problem.code().httpStatus();
    MutableHttpResponse<?> response =
        HttpResponse.status(HttpStatus.valueOf(status))
            .body(ProblemJson.of(problem))
            .contentType(PROBLEM);
    return switch (status) {
      case 401 -> response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
      case 429, 503 -> response.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
      default -> response;
    };
  }
}
