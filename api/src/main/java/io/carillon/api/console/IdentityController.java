package io.carillon.api.console;

import io.carillon.api.http.Checked;
import io.carillon.api.http.ProblemBody;
import io.carillon.core.account.Admission;
import io.carillon.core.account.IdentitySignIn;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Signing in by a provider of identities. Browsers are led, so that each answer but the first is a
 * redirect; one that does not succeed leads to the page for signing in. Thread-safe.
 */
@Controller("/v1/console/identity")
@Secured(SecurityRule.IS_ANONYMOUS)
@ApiResponse(
    responseCode = "4XX",
    description = "The request was refused",
    content =
        @Content(
            mediaType = "application/problem+json",
            schema = @Schema(implementation = ProblemBody.class)))
final class IdentityController {
  static final String CALLBACK = "/v1/console/identity/callback";
  private static final String CONSOLE = "/console";
  private static final String SIGN_IN = "/console/sign-in";

  private final ConsoleGate gate;
  private final IdentitySignIn identities;
  private final SessionCookie session;
  private final FlowCookie flow;

  IdentityController(
      ConsoleGate gate, IdentitySignIn identities, SessionCookie session, FlowCookie flow) {
    this.gate = gate;
    this.identities = identities;
    this.session = session;
    this.flow = flow;
  }

  @Get
  @Operation(
      operationId = "getIdentityProvider",
      summary = "Whether people sign in by a provider of identities too")
  @ApiResponse(
      responseCode = "200",
      description = "What it is called, if there is one",
      content = @Content(schema = @Schema(implementation = SecurityBodies.Provider.class)))
  CompletionStage<HttpResponse<?>> show(@Parameter(hidden = true) HttpRequest<?> request) {
    return gate.anyone(
        request,
        call -> Checked.valid(ConsoleAnswer.ok(new SecurityBodies.Provider(identities.label()))));
  }

  @Get("/begin")
  @Operation(operationId = "beginIdentitySignIn", summary = "Go to the provider of identities")
  @ApiResponse(responseCode = "303", description = "The provider's page, or that for signing in")
  CompletionStage<HttpResponse<?>> begin(@Parameter(hidden = true) HttpRequest<?> request) {
    return gate.led(
        request,
        call ->
            ConsoleAnswer.checked(identities.begin(call.from()))
                .then(
                    begun ->
                        Checked.valid(
                            new Led(begun.to().toString(), List.of(flow.of(begun.token()))))),
        this::back);
  }

  @Get("/callback")
  @Operation(
      operationId = "endIdentitySignIn",
      summary = "Come back from the provider of identities")
  @Parameter(name = "state", in = ParameterIn.QUERY, schema = @Schema(types = "string"))
  @Parameter(name = "code", in = ParameterIn.QUERY, schema = @Schema(types = "string"))
  @ApiResponse(
      responseCode = "303",
      description = "The console, signed in; or the page for signing in")
  CompletionStage<HttpResponse<?>> callback(@Parameter(hidden = true) HttpRequest<?> request) {
    String token = FlowCookie.token(request);
    return gate.led(request, call -> finish(call, token), this::back);
  }

  private Checked<Led> finish(ConsoleCall call, String token) {
    String code = call.query().get("code", "");
    if (token.isEmpty() || code.isEmpty()) {
      // the provider says in "error" why, in words for its own
      return Checked.refused(
          Problem.of(ErrorCode.IDENTITY_REFUSED, "no code, or not of this browser"));
    }
    return ConsoleAnswer.checked(
            identities.finish(token, call.query().get("state", ""), code, call.from()))
        .then(admission -> Checked.valid(admitted(admission)));
  }

  private Led admitted(Admission admission) {
    return switch (admission) {
      case Admission.Open(var visitor) ->
          new Led(CONSOLE, List.of(session.of(visitor.session()), flow.none()));
      // behind the #, so that no server on the way logs it
      case Admission.CodeAsked asked ->
          new Led(SIGN_IN + "#second-step=" + asked.token(), List.of(flow.none()));
    };
  }

  private Led back(Problem problem) {
    return new Led(SIGN_IN + "?refused=" + problem.code().slug(), List.of(flow.none()));
  }
}
