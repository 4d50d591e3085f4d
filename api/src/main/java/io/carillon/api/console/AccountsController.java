package io.carillon.api.console;

import io.carillon.api.http.Checked;
import io.carillon.api.http.ProblemBody;
import io.carillon.core.account.Registration;
import io.carillon.core.account.SignIn;
import io.carillon.core.account.Visitor;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Becoming somebody, and proving it. Thread-safe. */
@Controller("/v1/console")
@Secured(SecurityRule.IS_AUTHENTICATED)
@SecurityRequirement(name = "session")
@ApiResponse(
    responseCode = "4XX",
    description = "The request was refused",
    content =
        @Content(
            mediaType = "application/problem+json",
            schema = @Schema(implementation = ProblemBody.class)))
final class AccountsController {
  private final ConsoleGate gate;
  private final Registration registration;
  private final SignIn signIn;
  private final Admissions admissions;

  AccountsController(
      ConsoleGate gate, Registration registration, SignIn signIn, Admissions admissions) {
    this.gate = gate;
    this.registration = registration;
    this.signIn = signIn;
    this.admissions = admissions;
  }

  @Post("/accounts")
  @Secured(SecurityRule.IS_ANONYMOUS)
  @Operation(
      operationId = "signUp",
      summary = "Sign up, with a new tenant or by an invitation",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = AccountBodies.SignUp.class))))
  @ApiResponse(
      responseCode = "201",
      description = "Who is signed in now",
      content = @Content(schema = @Schema(implementation = AccountBodies.Session.class)))
  CompletionStage<HttpResponse<?>> signUp(@Parameter(hidden = true) HttpRequest<byte[]> request) {
    return gate.anyone(request, this::signUp);
  }

  @Post("/verifications")
  @Secured(SecurityRule.IS_ANONYMOUS)
  @Operation(
      operationId = "verifyEmail",
      summary = "Confirm an e-mail address by a mailed link",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = AccountBodies.Token.class))))
  @ApiResponse(
      responseCode = "200",
      description = "The address is confirmed",
      content = @Content(schema = @Schema(implementation = AccountBodies.Done.class)))
  CompletionStage<HttpResponse<?>> verify(@Parameter(hidden = true) HttpRequest<byte[]> request) {
    return gate.anyone(request, this::verify);
  }

  @Put("/password")
  @Operation(
      operationId = "changePassword",
      summary = "Change the password, and sign out everywhere else",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = AccountBodies.Password.class))))
  @ApiResponse(
      responseCode = "200",
      description = "A new session",
      content = @Content(schema = @Schema(implementation = AccountBodies.Session.class)))
  CompletionStage<HttpResponse<?>> changePassword(
      @Parameter(hidden = true) HttpRequest<byte[]> request) {
    return gate.visitor(request, this::changePassword);
  }

  @Post("/password/reset-requests")
  @Secured(SecurityRule.IS_ANONYMOUS)
  @Operation(
      operationId = "askPasswordReset",
      summary = "Have a link mailed for a new password",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = AccountBodies.AskReset.class))))
  @ApiResponse(
      responseCode = "202",
      description = "If there is such an account, the link is mailed",
      content = @Content(schema = @Schema(implementation = AccountBodies.Done.class)))
  CompletionStage<HttpResponse<?>> askReset(@Parameter(hidden = true) HttpRequest<byte[]> request) {
    return gate.anyone(request, this::askReset);
  }

  @Post("/password/resets")
  @Secured(SecurityRule.IS_ANONYMOUS)
  @Operation(
      operationId = "resetPassword",
      summary = "Choose a new password by a mailed link",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = AccountBodies.Reset.class))))
  @ApiResponse(
      responseCode = "200",
      description = "A new session; all others are over",
      content = @Content(schema = @Schema(implementation = AccountBodies.Session.class)))
  @ApiResponse(
      responseCode = "202",
      description = "The password is new, and a code is needed; nobody is signed in",
      content = @Content(schema = @Schema(implementation = SecurityBodies.CodeAsked.class)))
  CompletionStage<HttpResponse<?>> reset(@Parameter(hidden = true) HttpRequest<byte[]> request) {
    return gate.anyone(request, this::reset);
  }

  private Checked<ConsoleAnswer> signUp(ConsoleCall call) {
    return call.form(AccountBodies.SignUp.class)
        .then(AccountsController::filledIn)
        .then(form -> ConsoleAnswer.of(registration.signUp(form, call.from()), this::newSession));
  }

  private static Checked<Registration.Form> filledIn(Form form) {
    return form.text("email")
        .then(
            email ->
                form.secret("password")
                    .then(
                        password ->
                            optional(form, "tenant")
                                .then(
                                    tenant ->
                                        optional(form, "invitation")
                                            .then(
                                                token ->
                                                    Checked.valid(
                                                        new Registration.Form(
                                                            email,
                                                            password,
                                                            tenant.orElse(null),
                                                            token.orElse(null)))))));
  }

  private static Checked<Optional<String>> optional(Form form, String name) {
    return form.has(name)
        ? form.secret(name).then(value -> Checked.valid(Optional.of(value)))
        : Checked.valid(Optional.empty());
  }

  private ConsoleAnswer newSession(Visitor visitor) {
    return admissions.opened(visitor, HttpStatus.CREATED);
  }

  private ConsoleAnswer sameAccount(Visitor visitor) {
    return admissions.opened(visitor, HttpStatus.OK);
  }

  private Checked<ConsoleAnswer> verify(ConsoleCall call) {
    return call.form(AccountBodies.Token.class)
        .then(form -> form.secret("token"))
        .then(
            token ->
                ConsoleAnswer.of(
                    registration.verify(token, call.from()),
                    account -> ConsoleAnswer.ok(AccountBodies.Done.DONE)));
  }

  private Checked<ConsoleAnswer> changePassword(ConsoleCall call, Visitor visitor) {
    return call.form(AccountBodies.Password.class)
        .then(
            form ->
                form.secret("current")
                    .then(
                        current ->
                            form.secret("next")
                                .then(
                                    next ->
                                        ConsoleAnswer.of(
                                            signIn.changePassword(
                                                visitor, current, next, call.from()),
                                            this::sameAccount))));
  }

  private Checked<ConsoleAnswer> askReset(ConsoleCall call) {
    return call.form(AccountBodies.AskReset.class)
        .then(form -> form.text("email"))
        .then(
            email ->
                ConsoleAnswer.of(
                    registration.askReset(email, call.from()),
                    asked ->
                        new ConsoleAnswer(HttpStatus.ACCEPTED, AccountBodies.Done.DONE, null)));
  }

  private Checked<ConsoleAnswer> reset(ConsoleCall call) {
    return call.form(AccountBodies.Reset.class)
        .then(
            form ->
                form.secret("token")
                    .then(
                        token ->
                            form.secret("password")
                                .then(
                                    password ->
                                        ConsoleAnswer.of(
                                            registration.reset(token, password, call.from()),
                                            admission ->
                                                admissions.answer(admission, HttpStatus.OK)))));
  }
}
