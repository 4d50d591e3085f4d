package io.carillon.api.publish;

import static io.carillon.core.auth.Operation.PUBLISH;

import io.carillon.api.http.Answer;
import io.carillon.api.http.Call;
import io.carillon.api.http.CallGate;
import io.carillon.api.http.ChannelNames;
import io.carillon.api.http.Checked;
import io.carillon.api.http.Members;
import io.carillon.api.http.ProblemBody;
import io.carillon.api.http.Stages;
import io.carillon.core.Node;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.Message;
import io.carillon.core.publish.PublishCommand;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.json.tree.JsonNode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import java.util.List;
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
  private final MessagePublisher messages;

  PublishController(CallGate gate, Node node) {
    this.gate = gate;
    this.messages = new MessagePublisher(node.publisher());
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
    return gate.admitClients(
        request,
        Set.of(),
        call ->
            one(call, ChannelNames.open(call.subject()).then(name -> call.allowed(PUBLISH, name))));
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
    return gate.admit(request, call -> one(call, ChannelNames.ofUser(call.subject())));
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
    return gate.admit(
        request,
        call ->
            Stages.answerChecked(
                call.object(MessageRequest.ToUsers.class),
                json ->
                    Stages.answerChecked(
                        Members.strings(json, "users", MessagePublisher.USERS_MAX),
                        users -> toUsers(call, json, users))));
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
    return gate.admitClients(
        request,
        Set.of(),
        call ->
            Stages.answerChecked(
                withoutIdHeader(call)
                    .then(it -> it.object(MessageRequest.Batch.class))
                    .then(json -> Members.list(json, "messages", MessagePublisher.BATCH_MAX)),
                items -> messages.batch(call, items)));
  }

  private CompletionStage<Checked<Answer>> one(Call call, Checked<ChannelName> name) {
    Checked<PublishCommand> command =
        name.then(
            channel ->
                call.object(MessageRequest.class)
                    .then(json -> MessageFields.read(json, call.caller().origin(), idHeaders(call)))
                    .then(message -> Checked.valid(command(call, channel, message))));
    return Stages.answerChecked(command, messages::one);
  }

  private static PublishCommand command(Call call, ChannelName channel, Message message) {
    return new PublishCommand(
        call.caller().app(), channel, message, call.caller().actor().standing());
  }

  private CompletionStage<Checked<Answer>> toUsers(Call call, JsonNode json, List<String> users) {
    return Stages.answerChecked(
        MessageFields.read(json, call.caller().origin(), idHeaders(call)),
        message -> messages.toUsers(call.caller().app(), message, users));
  }

  /** One id for several messages would name none of them. */
  private static Checked<Call> withoutIdHeader(Call call) {
    return idHeaders(call).isEmpty()
        ? Checked.valid(call)
        : Checked.refused(
            ErrorCode.BAD_REQUEST,
            MessageFields.ID_HEADER + ": sent for a batch (expected: an id in each message)");
  }

  private static List<String> idHeaders(Call call) {
    return call.headers().getAll(MessageFields.ID_HEADER);
  }
}
