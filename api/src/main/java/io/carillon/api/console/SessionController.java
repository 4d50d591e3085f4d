package io.carillon.api.console;

import io.carillon.api.http.Checked;
import io.carillon.api.http.ProblemBody;
import io.carillon.core.account.SignIn;
import io.carillon.core.account.TwoFactor;
import io.carillon.core.account.Visitor;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import java.util.concurrent.CompletionStage;

/** Signing in and out. Thread-safe. */
@Controller("/v1/console/session")
@Secured(SecurityRule.IS_AUTHENTICATED)
@SecurityRequirement(name = "session")
@ApiResponse(
    responseCode = "4XX",
    description = "The request was refused",
    content =
        @Content(
            mediaType = "application/problem+json",
            schema = @Schema(implementation = ProblemBody.class)))
final class SessionController {
  private final ConsoleGate gate;
  private final SignIn signIn;
  private final TwoFactor twoFactor;
  private final Admissions admissions;
  private final SessionCookie cookie;

  SessionController(
      ConsoleGate gate,
      SignIn signIn,
      TwoFactor twoFactor,
      Admissions admissions,
      SessionCookie cookie) {
    this.gate = gate;
    this.signIn = signIn;
    this.twoFactor = twoFactor;
    this.admissions = admissions;
    this.cookie = cookie;
  }

  @Post
  @Secured(SecurityRule.IS_ANONYMOUS)
  @Operation(
      operationId = "signIn",
      summary = "Sign in",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = AccountBodies.SignIn.class))))
  @ApiResponse(
      responseCode = "201",
      description = "Who is signed in now; the cookie says it from now on",
      content = @Content(schema = @Schema(implementation = AccountBodies.Session.class)))
  @ApiResponse(
      responseCode = "202",
      description = "The password is right, and a code is needed; nobody is signed in",
      content = @Content(schema = @Schema(implementation = SecurityBodies.CodeAsked.class)))
  CompletionStage<HttpResponse<?>> open(@Parameter(hidden = true) HttpRequest<byte[]> request) {
    return gate.anyone(request, this::open);
  }

  @Post("/second-step")
  @Secured(SecurityRule.IS_ANONYMOUS)
  @Operation(
      operationId = "signInSecondStep",
      summary = "Sign in with a code after the password",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(schema = @Schema(implementation = SecurityBodies.SecondStep.class))))
  @ApiResponse(
      responseCode = "201",
      description = "Who is signed in now; the cookie says it from now on",
      content = @Content(schema = @Schema(implementation = AccountBodies.Session.class)))
  CompletionStage<HttpResponse<?>> secondStep(
      @Parameter(hidden = true) HttpRequest<byte[]> request) {
    return gate.anyone(request, this::secondStep);
  }

  @Get
  @Operation(operationId = "whoAmI", summary = "Who is signed in")
  @ApiResponse(
      responseCode = "200",
      description = "The account and its tenants",
      content = @Content(schema = @Schema(implementation = AccountBodies.Session.class)))
  CompletionStage<HttpResponse<?>> show(@Parameter(hidden = true) HttpRequest<?> request) {
    return gate.visitorOrToken(
        request,
        (call, visitor) -> Checked.valid(ConsoleAnswer.ok(AccountBodies.Session.of(visitor))));
  }

  @Delete
  @Operation(operationId = "signOut", summary = "Sign out")
  @ApiResponse(
      responseCode = "200",
      description = "The session counts no more, on any node",
      content = @Content(schema = @Schema(implementation = AccountBodies.Done.class)))
  CompletionStage<HttpResponse<?>> close(@Parameter(hidden = true) HttpRequest<byte[]> request) {
    return gate.visitor(request, this::close);
  }

  private Checked<ConsoleAnswer> open(ConsoleCall call) {
    return call.form(AccountBodies.SignIn.class)
        .then(
            form ->
                form.text("email")
                    .then(
                        email ->
                            form.secret("password")
                                .then(
                                    password ->
                                        ConsoleAnswer.of(
                                            signIn.signIn(email, password, call.from()),
                                            admission ->
                                                admissions.answer(
                                                    admission, HttpStatus.CREATED)))));
  }

  private Checked<ConsoleAnswer> secondStep(ConsoleCall call) {
    return call.form(SecurityBodies.SecondStep.class)
        .then(
            form ->
                form.secret("challenge")
                    .then(
                        challenge ->
                            form.secret("code")
                                .then(
                                    code ->
                                        ConsoleAnswer.of(
                                            twoFactor.secondStep(challenge, code, call.from()),
                                            visitor ->
                                                admissions.opened(visitor, HttpStatus.CREATED)))));
  }

  private Checked<ConsoleAnswer> close(ConsoleCall call, Visitor visitor) {
    signIn.signOut(visitor, call.from());
    return Checked.valid(ConsoleAnswer.ok(AccountBodies.Done.DONE).with(cookie.none()));
  }
}
