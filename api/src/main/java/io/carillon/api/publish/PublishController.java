package io.carillon.api.publish;

import io.carillon.api.http.CallGate;
import io.carillon.api.http.ProblemBody;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Publishing to channels and to users. Thread-safe. */
@Controller("/v1")
@ApiResponse(
    responseCode = "4XX",
    description = "The request was refused",
    content =
        @Content(
            mediaType = "application/problem+json",
            schema = @Schema(implementation = ProblemBody.class)))
final class PublishController {
  private final CallGate gate;
  private final Publishing publishing;

  PublishController(CallGate gate, Publishing publishing) {
    this.gate = gate;
    this.publishing = publishing;
  }

  @Post("/channels/{channel:[^/]+}/messages")
  @Operation(
      operationId = "publish",
      summary = "Publish a message to a channel",
      security = {@SecurityRequirement(name = "key"), @SecurityRequirement(name = "token")},
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = MessageRequest.class))))
  @Parameter(
      name = MessageFields.ID_HEADER,
      in = ParameterIn.HEADER,
      schema = @Schema(types = "string"))
  @ApiResponse(
      responseCode = "201",
      description = "It is in the channel's log; 200 when it stood there before",
      content = @Content(schema = @Schema(implementation = PublishResult.Published.class)))
  CompletionStage<HttpResponse<?>> toChannel(
      @Parameter(hidden = true) HttpRequest<byte[]> request) {
    return gate.admitClients(request, Set.of(), publishing::toChannel);
  }

  @Post("/users/{user:[^/]+}/messages")
  @Operation(
      operationId = "publishToUser",
      summary = "Publish a message to a user's connections",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = MessageRequest.class))))
  @Parameter(
      name = MessageFields.ID_HEADER,
      in = ParameterIn.HEADER,
      schema = @Schema(types = "string"))
  @ApiResponse(
      responseCode = "201",
      description = "It is in the log of the user's channel; 200 when it stood there before",
      content = @Content(schema = @Schema(implementation = PublishResult.Published.class)))
  CompletionStage<HttpResponse<?>> toUser(@Parameter(hidden = true) HttpRequest<byte[]> request) {
    return gate.admitLimited(request, Set.of(), publishing::toUser);
  }

  @Post("/users/messages")
  @Operation(
      operationId = "publishToUsers",
      summary = "Publish a message to several users",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = MessageRequest.ToUsers.class))))
  @Parameter(
      name = MessageFields.ID_HEADER,
      in = ParameterIn.HEADER,
      schema = @Schema(types = "string"))
  @ApiResponse(
      responseCode = "200",
      description = "A result for each user",
      content = @Content(schema = @Schema(implementation = PublishResult.Results.class)))
  CompletionStage<HttpResponse<?>> toUsers(@Parameter(hidden = true) HttpRequest<byte[]> request) {
    return gate.admitLimited(request, Set.of(), publishing::toUsers);
  }

  @Post("/messages")
  @Operation(
      operationId = "publishBatch",
      summary = "Publish several messages",
      security = {@SecurityRequirement(name = "key"), @SecurityRequirement(name = "token")},
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = MessageRequest.Batch.class))))
  @ApiResponse(
      responseCode = "200",
      description = "A result for each message; one that is refused does not stop the others",
      content = @Content(schema = @Schema(implementation = PublishResult.Results.class)))
  CompletionStage<HttpResponse<?>> batch(@Parameter(hidden = true) HttpRequest<byte[]> request) {
    return gate.admitClients(request, Set.of(), publishing::batch);
  }
}
