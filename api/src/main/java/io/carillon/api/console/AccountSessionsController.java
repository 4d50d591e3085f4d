package io.carillon.api.console;

import io.carillon.api.http.Checked;
import io.carillon.api.http.ProblemBody;
import io.carillon.core.account.SignIn;
import io.carillon.core.account.Visitor;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import java.util.concurrent.CompletionStage;

/** Where somebody is signed in, and what became of their account. Thread-safe. */
@Controller("/v1/console/account")
@Secured(SecurityRule.IS_AUTHENTICATED)
@SecurityRequirement(name = "session")
@ApiResponse(
    responseCode = "4XX",
    description = "The request was refused",
    content =
        @Content(
            mediaType = "application/problem+json",
            schema = @Schema(implementation = ProblemBody.class)))
final class AccountSessionsController {
  private final ConsoleGate gate;
  private final SignIn signIn;

  AccountSessionsController(ConsoleGate gate, SignIn signIn) {
    this.gate = gate;
    this.signIn = signIn;
  }

  @Get("/sessions")
  @Operation(operationId = "listSessions", summary = "Where the account is signed in")
  @ApiResponse(
      responseCode = "200",
      description = "All of them",
      content = @Content(schema = @Schema(implementation = SecurityBodies.SignedIn.class)))
  CompletionStage<HttpResponse<?>> sessions(@Parameter(hidden = true) HttpRequest<?> request) {
    return gate.visitor(request, (call, visitor) -> sessions(visitor));
  }

  @Delete("/sessions")
  @Operation(operationId = "signOutElsewhere", summary = "Sign out everywhere else")
  @ApiResponse(
      responseCode = "200",
      description = "The other sessions count no more, on any node",
      content = @Content(schema = @Schema(implementation = SecurityBodies.SignedOut.class)))
  CompletionStage<HttpResponse<?>> signOutElsewhere(
      @Parameter(hidden = true) HttpRequest<byte[]> request) {
    return gate.visitor(
        request,
        (call, visitor) ->
            Checked.valid(
                ConsoleAnswer.ok(
                    new SecurityBodies.SignedOut(signIn.signOutElsewhere(visitor, call.from())))));
  }

  @Get("/events")
  @Operation(operationId = "listAccountEvents", summary = "What became of the account")
  @ApiResponse(
      responseCode = "200",
      description = "The newest",
      content = @Content(schema = @Schema(implementation = SecurityBodies.Events.class)))
  CompletionStage<HttpResponse<?>> events(@Parameter(hidden = true) HttpRequest<?> request) {
    return gate.visitor(request, (call, visitor) -> events(visitor));
  }

  private Checked<ConsoleAnswer> sessions(Visitor visitor) {
    return Checked.valid(
        ConsoleAnswer.ok(
            new SecurityBodies.SignedIn(
                signIn.sessions(visitor).stream()
                    .map(it -> SecurityBodies.SignedInAt.of(it, visitor.session().id()))
                    .toList())));
  }

  private Checked<ConsoleAnswer> events(Visitor visitor) {
    return Checked.valid(
        ConsoleAnswer.ok(
            new SecurityBodies.Events(
                signIn.events(visitor).stream().map(SecurityBodies.Event::of).toList())));
  }
}
