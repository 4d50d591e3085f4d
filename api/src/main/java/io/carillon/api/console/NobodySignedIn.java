package io.carillon.api.console;

import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.security.authentication.AuthorizationException;
import io.micronaut.security.authentication.DefaultAuthorizationExceptionHandler;
import jakarta.inject.Singleton;

/** Says in the form of every other problem what Micronaut Security refuses. Thread-safe. */
@Singleton
@Replaces(DefaultAuthorizationExceptionHandler.class)
@SuppressWarnings("rawtypes") // the interface's own
final class NobodySignedIn implements ExceptionHandler<AuthorizationException, HttpResponse<?>> {
  private final ConsoleGate gate;

  NobodySignedIn(ConsoleGate gate) {
    this.gate = gate;
  }

  @Override
  public HttpResponse<?> handle(HttpRequest request, AuthorizationException exception) {
    return gate.refusal(Problem.of(ErrorCode.SESSION_MISSING));
  }
}
