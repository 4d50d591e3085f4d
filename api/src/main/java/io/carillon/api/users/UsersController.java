package io.carillon.api.users;

import io.carillon.api.http.Answer;
import io.carillon.api.http.CallGate;
import io.carillon.api.http.Checked;
import io.carillon.api.http.ProblemBody;
import io.carillon.api.http.Stages;
import io.carillon.api.http.UserConnections;
import io.carillon.core.Node;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.concurrent.CompletionStage;

/** What a backend can do about its signed-in users. Thread-safe. */
@Controller("/v1/users/{user:[^/]+}")
final class UsersController {
  private final CallGate gate;
  private final UserConnections connections;

  UsersController(CallGate gate, Node node) {
    this.gate = gate;
    this.connections = new UserConnections(node.ports().control());
  }

  /** The order is on its way. */
  @Serdeable
  @Schema(name = "Disconnecting")
  record Disconnecting(String user) {}

  @Post("/disconnect")
  @Operation(operationId = "disconnect", summary = "Close a user's connections on every node")
  @ApiResponse(
      responseCode = "202",
      description = "Every node closes them within a second",
      content = @Content(schema = @Schema(implementation = Disconnecting.class)))
  @ApiResponse(
      responseCode = "4XX",
      description = "The request was refused",
      content =
          @Content(
              mediaType = "application/problem+json",
              schema = @Schema(implementation = ProblemBody.class)))
  CompletionStage<HttpResponse<?>> disconnect(
      @Parameter(hidden = true) HttpRequest<byte[]> request) {
    return gate.admit(
        request,
        admitted ->
            Stages.answerChecked(
                admitted.withoutBody(),
                call ->
                    connections
                        .terminate(call.caller().app().id(), call.subject())
                        .thenApply(
                            done ->
                                done.then(
                                    channel ->
                                        Checked.valid(
                                            Answer.of(
                                                HttpStatus.ACCEPTED,
                                                new Disconnecting(call.subject())))))));
  }
}
