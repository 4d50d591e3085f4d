package io.carillon.api.tokens;

import io.carillon.api.http.CallGate;
import io.carillon.api.http.ProblemBody;
import io.carillon.api.http.permissions.PermissionBodies;
import io.carillon.api.http.permissions.PermissionBodies.Decision;
import io.carillon.api.http.permissions.Permissions;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** "Why was I refused?": the decision that a door would take, without the deed. Thread-safe. */
@Controller("/v1/permissions")
final class PermissionsController {
  private final CallGate gate;
  private final Permissions permissions;

  PermissionsController(CallGate gate, Permissions permissions) {
    this.gate = gate;
    this.permissions = permissions;
  }

  @Post("/explain")
  @io.swagger.v3.oas.annotations.Operation(
      operationId = "explainPermission",
      summary = "Whether something would be allowed, and what decides that",
      description = "A client token may ask about itself",
      security = {@SecurityRequirement(name = "key"), @SecurityRequirement(name = "token")},
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(schema = @Schema(implementation = PermissionBodies.Question.class))))
  @ApiResponse(
      responseCode = "200",
      description = "The decision, allowed or not",
      content = @Content(schema = @Schema(implementation = Decision.class)))
  @ApiResponse(
      responseCode = "4XX",
      description = "The question was refused",
      content =
          @Content(
              mediaType = "application/problem+json",
              schema = @Schema(implementation = ProblemBody.class)))
  CompletionStage<HttpResponse<?>> explain(@Parameter(hidden = true) HttpRequest<byte[]> request) {
    return gate.admitClients(
        request,
        Set.of(),
        call ->
            CompletableFuture.completedFuture(
                call.object(PermissionBodies.Question.class)
                    .then(json -> permissions.decided(call.caller(), json))));
  }
}
