package io.carillon.api.console;

import io.carillon.api.http.Checked;
import io.carillon.api.http.ProblemBody;
import io.carillon.core.account.TwoFactor;
import io.carillon.core.account.Visitor;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
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

/** The second factor of whoever is signed in. Thread-safe. */
@Controller("/v1/console/account/second-factor")
@Secured(SecurityRule.IS_AUTHENTICATED)
@SecurityRequirement(name = "session")
@ApiResponse(
    responseCode = "4XX",
    description = "The request was refused",
    content =
        @Content(
            mediaType = "application/problem+json",
            schema = @Schema(implementation = ProblemBody.class)))
final class SecondFactorController {
  private final ConsoleGate gate;
  private final TwoFactor twoFactor;

  SecondFactorController(ConsoleGate gate, TwoFactor twoFactor) {
    this.gate = gate;
    this.twoFactor = twoFactor;
  }

  @Get
  @Operation(operationId = "getSecondFactor", summary = "Whether there is a second factor")
  @ApiResponse(
      responseCode = "200",
      description = "Its state",
      content = @Content(schema = @Schema(implementation = SecurityBodies.FactorBody.class)))
  CompletionStage<HttpResponse<?>> show(@Parameter(hidden = true) HttpRequest<?> request) {
    return gate.visitor(
        request,
        (call, visitor) ->
            Checked.valid(ConsoleAnswer.ok(SecurityBodies.FactorBody.of(twoFactor.of(visitor)))));
  }

  @Post
  @Operation(
      operationId = "beginSecondFactor",
      summary = "Have a secret for an authenticator; nothing counts until a code confirms it",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = SecurityBodies.Proof.class))))
  @ApiResponse(
      responseCode = "201",
      description = "The secret",
      content = @Content(schema = @Schema(implementation = SecurityBodies.SetupBody.class)))
  CompletionStage<HttpResponse<?>> begin(@Parameter(hidden = true) HttpRequest<byte[]> request) {
    return gate.visitor(request, this::begin);
  }

  @Post("/confirmation")
  @Operation(
      operationId = "confirmSecondFactor",
      summary = "Turn the second factor on by a code, and sign out everywhere else",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = SecurityBodies.Code.class))))
  @ApiResponse(
      responseCode = "200",
      description = "Recovery codes",
      content = @Content(schema = @Schema(implementation = SecurityBodies.RecoveryCodes.class)))
  CompletionStage<HttpResponse<?>> confirm(@Parameter(hidden = true) HttpRequest<byte[]> request) {
    return gate.visitor(request, this::confirm);
  }

  @Post("/removal")
  @Operation(
      operationId = "removeSecondFactor",
      summary = "Turn the second factor off",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = SecurityBodies.Both.class))))
  @ApiResponse(
      responseCode = "200",
      description = "It is off",
      content = @Content(schema = @Schema(implementation = AccountBodies.Done.class)))
  CompletionStage<HttpResponse<?>> remove(@Parameter(hidden = true) HttpRequest<byte[]> request) {
    return gate.visitor(request, this::remove);
  }

  private Checked<ConsoleAnswer> begin(ConsoleCall call, Visitor visitor) {
    return call.form(SecurityBodies.Proof.class)
        .then(form -> form.secret("password"))
        .then(
            password ->
                ConsoleAnswer.of(
                    twoFactor.begin(visitor, password, call.from()),
                    setup -> ConsoleAnswer.created(SecurityBodies.SetupBody.of(setup))));
  }

  private Checked<ConsoleAnswer> confirm(ConsoleCall call, Visitor visitor) {
    return call.form(SecurityBodies.Code.class)
        .then(form -> form.secret("code"))
        .then(
            code ->
                ConsoleAnswer.of(
                    twoFactor.confirm(visitor, code, call.from()),
                    codes -> ConsoleAnswer.ok(new SecurityBodies.RecoveryCodes(codes))));
  }

  private Checked<ConsoleAnswer> remove(ConsoleCall call, Visitor visitor) {
    return call.form(SecurityBodies.Both.class)
        .then(
            form ->
                form.secret("password")
                    .then(
                        password ->
                            form.secret("code")
                                .then(
                                    code ->
                                        ConsoleAnswer.of(
                                            twoFactor.turnOff(visitor, password, code, call.from()),
                                            off -> ConsoleAnswer.ok(AccountBodies.Done.DONE)))));
  }
}
