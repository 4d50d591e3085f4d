package io.carillon.standalone.console;

import io.carillon.api.http.ProblemErrors;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Says as a problem what the framework refuses on any path, whatever the process' roles are: its
 * own words repeat the address with the query, in which a token may be. Immutable, thread-safe.
 */
@Singleton
final class FrameworkErrors implements ErrorResponseProcessor<byte[]> {
  private final JsonMapper json;

  FrameworkErrors(JsonMapper json) {
    this.json = json;
  }

  @Override
  @SuppressWarnings("unchecked") // without a body there is nothing of the wrong type
  public MutableHttpResponse<byte[]> processResponse(
      ErrorContext context, MutableHttpResponse<?> response) {
    HttpRequest<?> request = context.getRequest();
    if (request.getMethod() == HttpMethod.HEAD) {
      return (MutableHttpResponse<byte[]>) response;
    }
    try {
      return ProblemErrors.say(request, response, json);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
  }
}
