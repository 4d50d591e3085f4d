package io.carillon.api.compat.pusher;

import io.carillon.core.error.ErrorCode;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.nio.charset.StandardCharsets;

/**
 * Says in one plain sentence what the server refuses before a call is reached (no such path, wrong
 * method, body too large): libraries show the text of an error as it is. Stateless.
 */
@ServerFilter("/apps/**")
final class PlainErrors {
  static final MediaType PLAIN_TEXT = MediaType.of("text/plain; charset=utf-8");

  @ResponseFilter
  void plain(HttpRequest<?> request, MutableHttpResponse<?> response) {
    if (response.code() >= 400
        && !response.getContentType().filter(PLAIN_TEXT::equals).isPresent()) {
      String sentence =
          switch (response.code()) {
            case 404 -> ErrorCode.PATH_NOT_FOUND.sentence();
            case 405 -> "The method is not allowed: " + request.getMethodName();
            case 413 -> "The request's body is too large (expected: less to send at once)";
            case 500 -> ErrorCode.INTERNAL_ERROR.sentence();
            default -> response.reason();
          };
      response.body(sentence.getBytes(StandardCharsets.UTF_8)).contentType(PLAIN_TEXT);
    }
  }
}
