package io.carillon.api.tokens;

import io.carillon.api.http.Answer;
import io.carillon.api.http.Call;
import io.carillon.api.http.CallGate;
import io.carillon.api.http.Checked;
import io.carillon.api.http.ProblemBody;
import io.carillon.api.http.Stages;
import io.carillon.api.http.permissions.TokenBodies;
import io.carillon.api.http.permissions.TokenFields;
import io.carillon.core.Node;
import io.carillon.core.auth.ClientToken;
import io.carillon.core.auth.TokenIssuer;
import io.carillon.core.auth.TokenIssuer.IssueOutcome;
import io.carillon.core.auth.TokenRevoker;
import io.carillon.core.engine.ControlBus.Order.RevokeTokens;
import io.carillon.core.engine.ControlBus.Order.RevokeTokens.By;
import io.carillon.core.engine.RevocationAdmin;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Issuing and revoking client tokens. Thread-safe. */
@Controller("/v1/tokens")
@ApiResponse(
    responseCode = "4XX",
    description = "The request was refused",
    content =
        @Content(
            mediaType = "application/problem+json",
            schema = @Schema(implementation = ProblemBody.class)))
final class TokensController {
  private final CallGate gate;
  private final TokenIssuer issuer;
  private final TokenRevoker revoker;

  TokensController(CallGate gate, Node node, TokenIssuer issuer, RevocationAdmin revocations) {
    this.gate = gate;
    this.issuer = issuer;
    this.revoker = new TokenRevoker(revocations, node.ports().control(), node.ticker());
  }

  @Post
  @Operation(
      operationId = "issueToken",
      summary = "Issue a client token, signed with the key that asks",
      description = "It allows no more than the key does, whatever its capabilities say",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = TokenBodies.ToIssue.class))))
  @ApiResponse(
      responseCode = "201",
      description = "The token",
      content = @Content(schema = @Schema(implementation = TokenBodies.Issued.class)))
  CompletionStage<HttpResponse<?>> issue(@Parameter(hidden = true) HttpRequest<byte[]> request) {
    return gate.admitLimited(
        request,
        Set.of(),
        call ->
            CompletableFuture.completedFuture(
                call.object(TokenBodies.ToIssue.class)
                    .then(TokenFields::request)
                    .then(wanted -> issued(call, wanted))));
  }

  private Checked<Answer> issued(Call call, TokenIssuer.TokenRequest wanted) {
    return call.caller()
        .signingKey()
        .then(
            key ->
                switch (issuer.issue(key, wanted)) {
                  case IssueOutcome.Refused(var problem) -> Checked.refused(problem);
                  case IssueOutcome.Issued(var text, var token) ->
                      Checked.valid(Answer.of(HttpStatus.CREATED, body(text, token)));
                });
  }

  private static TokenBodies.Issued body(String text, ClientToken token) {
    return new TokenBodies.Issued(
        text,
        token.id(),
        token.clientId(),
        token.capabilities().written(),
        token.expiresAt() * 1_000);
  }

  @Post("/revoke")
  @Operation(
      operationId = "revokeTokens",
      summary = "Revoke one client token, a client's or a key's",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = TokenBodies.ToRevoke.class))))
  @ApiResponse(
      responseCode = "200",
      description =
          "It is kept, and every node takes such tokens no more and closes their connections within"
              + " a second",
      content = @Content(schema = @Schema(implementation = TokenBodies.Revoked.class)))
  CompletionStage<HttpResponse<?>> revoke(@Parameter(hidden = true) HttpRequest<byte[]> request) {
    return gate.admit(
        request,
        call ->
            Stages.answerChecked(
                call.object(TokenBodies.ToRevoke.class)
                    .then(
                        json ->
                            TokenFields.revocation(
                                json, call.caller().app(), revoker.ticker().epochMillis())),
                order -> Stages.blocking(() -> revoked(call, order))));
  }

  private Checked<Answer> revoked(Call call, RevokeTokens order) {
    Long issuedBefore = order.by() == By.TOKEN ? null : order.issuedBefore() * 1_000;
    return revoker.revoke(call.caller().app(), order)
        ? Checked.valid(
            Answer.ok(
                new TokenBodies.Revoked(
                    TokenFields.memberOf(order.by()), order.value(), issuedBefore)))
        : Checked.refused(Problem.of(ErrorCode.APP_UNKNOWN));
  }
}
