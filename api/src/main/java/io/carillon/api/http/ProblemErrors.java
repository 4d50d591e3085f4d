package io.carillon.api.http;

import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.hateoas.JsonError;
import io.micronaut.json.JsonMapper;
import java.io.IOException;

/**
 * Says as a problem what the server refuses before a call is reached, and what broke in one. It
 * leaves alone what anyone else under {@code /v1} has answered. Thread-safe.
 */
@ServerFilter("/v1/**")
public final class ProblemErrors {
  private final JsonMapper json;

  ProblemErrors(JsonMapper json) {
    this.json = json;
  }

  @ResponseFilter
  void problem(HttpRequest<?> request, MutableHttpResponse<?> response) throws IOException {
    if (response.code() >= 400 && isTheServersOwn(response)) {
      say(request, response, json);
    }
  }

  /** Makes the answer the problem that its status stands for; the query is not repeated in it. */
  public static MutableHttpResponse<byte[]> say(
      HttpRequest<?> request, MutableHttpResponse<?> response, JsonMapper json) throws IOException {
    ProblemBody body = ProblemBody.of(problemOf(request, response.code()), response.code());
    return response.body(json.writeValueAsBytes(body)).contentType(ProblemBody.MEDIA_TYPE);
  }

  private static boolean isTheServersOwn(MutableHttpResponse<?> response) {
    Object body = response.body();
    return body == null
        || body instanceof JsonError
        || response.getContentType().filter(MediaType.TEXT_HTML_TYPE::matches).isPresent();
  }

  private static Problem problemOf(HttpRequest<?> request, int status) {
    String path = Quoted.of(request.getPath());
    return switch (status) {
      case 404 -> Problem.of(ErrorCode.PATH_NOT_FOUND, path + " (expected: a path of /openapi)");
      case 405 ->
          Problem.of(
              ErrorCode.METHOD_NOT_ALLOWED,
              request.getMethodName() + " " + path + " (expected: one of the Allow header)");
      case 413 -> Problem.of(ErrorCode.REQUEST_TOO_LARGE);
      case 415 ->
          Problem.of(
              ErrorCode.MEDIA_TYPE_UNSUPPORTED,
              "content-type: "
                  + Quoted.of(request.getHeaders().get("content-type", String.class, "missing"))
                  + " (expected: application/json; with curl, --json)");
      default ->
          Problem.of(
              status >= 500 ? ErrorCode.INTERNAL_ERROR : ErrorCode.BAD_REQUEST,
              request.getMethodName() + " " + path);
    };
  }
}
