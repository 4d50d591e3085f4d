package io.carillon.api.console;

import io.carillon.api.http.Checked;
import io.carillon.api.http.ProblemBody;
import io.carillon.core.account.AccessToken;
import io.carillon.core.account.AccessToken.Reach;
import io.carillon.core.account.AccessTokenId;
import io.carillon.core.account.PersonalTokens;
import io.carillon.core.account.PersonalTokens.Wish;
import io.carillon.core.account.TeamRole;
import io.carillon.core.account.Visitor;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.TenantId;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
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
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** One's own access tokens; only who has signed in may touch them. Thread-safe. */
@Controller("/v1/console/access-tokens")
@Secured(SecurityRule.IS_AUTHENTICATED)
@SecurityRequirement(name = "session")
@ApiResponse(
    responseCode = "4XX",
    description = "The request was refused",
    content =
        @Content(
            mediaType = "application/problem+json",
            schema = @Schema(implementation = ProblemBody.class)))
final class AccessTokensController {
  private static final int DAYS_DEFAULT = 90;

  private final ConsoleGate gate;
  private final PersonalTokens tokens;

  AccessTokensController(ConsoleGate gate, PersonalTokens tokens) {
    this.gate = gate;
    this.tokens = tokens;
  }

  @Get
  @Operation(operationId = "listAccessTokens", summary = "One's own access tokens")
  @ApiResponse(
      responseCode = "200",
      description = "All of them without their secrets, also those that have ended",
      content =
          @Content(schema = @Schema(implementation = AccessTokenBodies.AccessTokenList.class)))
  CompletionStage<HttpResponse<?>> list(@Parameter(hidden = true) HttpRequest<?> request) {
    return gate.visitor(
        request,
        (call, visitor) ->
            Checked.valid(
                ConsoleAnswer.ok(
                    new AccessTokenBodies.AccessTokenList(
                        tokens.list(visitor.account()).stream()
                            .map(AccessTokenBodies.AccessTokenBody::of)
                            .toList()))));
  }

  @Post
  @Operation(
      operationId = "createAccessToken",
      summary = "Make an access token, which programs show as Authorization: Bearer",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(
                      schema =
                          @Schema(implementation = AccessTokenBodies.AccessTokenRequest.class))))
  @ApiResponse(
      responseCode = "201",
      description = "The token with its secret, which is not told again",
      content =
          @Content(schema = @Schema(implementation = AccessTokenBodies.MadeAccessToken.class)))
  CompletionStage<HttpResponse<?>> create(@Parameter(hidden = true) HttpRequest<byte[]> request) {
    return gate.visitor(request, this::create);
  }

  @Delete("/{token}")
  @Operation(operationId = "revokeAccessToken", summary = "Revoke an access token")
  @ApiResponse(
      responseCode = "200",
      description = "It counts no more, on any node",
      content = @Content(schema = @Schema(implementation = AccountBodies.Done.class)))
  CompletionStage<HttpResponse<?>> revoke(@Parameter(hidden = true) HttpRequest<byte[]> request) {
    return gate.visitor(request, this::revoke);
  }

  private Checked<ConsoleAnswer> create(ConsoleCall call, Visitor visitor) {
    return call.form(AccessTokenBodies.AccessTokenRequest.class)
        .then(AccessTokensController::wish)
        .then(
            wish ->
                ConsoleAnswer.of(
                    tokens.make(visitor, wish, call.from()),
                    made -> ConsoleAnswer.created(AccessTokenBodies.MadeAccessToken.of(made))));
  }

  private static Checked<Wish> wish(Form form) {
    return form.text("label")
        .then(
            label ->
                form.number("days", DAYS_DEFAULT, (int) AccessToken.LIFE_MAX.toDays())
                    .then(
                        days ->
                            reach(form)
                                .then(
                                    reach ->
                                        Checked.valid(
                                            new Wish(label, reach, Duration.ofDays(days))))));
  }

  private static Checked<Reach> reach(Form form) {
    return form.role()
        .then(
            role ->
                role == TeamRole.OWNER
                    ? Checked.<Reach>refused(
                        Problem.of(
                                ErrorCode.BAD_REQUEST,
                                "role: owner (expected: admin, developer or viewer)")
                            .at("/role"))
                    : form.has("tenant")
                        ? form.text("tenant").then(tenant -> reach(tenant, role))
                        : Checked.valid(new Reach(null, role)));
  }

  private static Checked<Reach> reach(String tenant, TeamRole role) {
    return Ids.uuid(tenant)
        .map(id -> Checked.valid(new Reach(new TenantId(id), role)))
        .orElseGet(() -> Checked.refused(Problem.of(ErrorCode.TENANT_UNKNOWN).at("/tenant")));
  }

  private Checked<ConsoleAnswer> revoke(ConsoleCall call, Visitor visitor) {
    Optional<AccessTokenId> id = Ids.uuid(call.tenant()).map(AccessTokenId::new);
    return id.isEmpty()
        ? Checked.refused(Problem.of(ErrorCode.ACCESS_TOKEN_UNKNOWN))
        : ConsoleAnswer.of(
            tokens.revoke(visitor, id.get(), call.from()),
            gone -> ConsoleAnswer.ok(AccountBodies.Done.DONE));
  }
}
