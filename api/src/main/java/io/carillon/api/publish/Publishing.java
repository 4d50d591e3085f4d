package io.carillon.api.publish;

import static io.carillon.core.model.Operation.PUBLISH;

import io.carillon.api.http.Answer;
import io.carillon.api.http.Call;
import io.carillon.api.http.ChannelNames;
import io.carillon.api.http.Checked;
import io.carillon.api.http.Members;
import io.carillon.api.http.Stages;
import io.carillon.api.http.TraceHeader;
import io.carillon.core.Node;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.Message;
import io.carillon.core.publish.PublishCommand;
import io.micronaut.json.tree.JsonNode;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** What the calls that publish do once it is clear who calls. Thread-safe. */
@Singleton
final class Publishing {
  private final MessagePublisher messages;

  Publishing(Node node) {
    this.messages = new MessagePublisher(node.publisher());
  }

  CompletionStage<Checked<Answer>> toChannel(Call call) {
    return one(call, ChannelNames.open(call.subject()).then(name -> call.allowed(PUBLISH, name)));
  }

  CompletionStage<Checked<Answer>> toUser(Call call) {
    return one(call, ChannelNames.ofUser(call.subject()).then(name -> call.allowed(PUBLISH, name)));
  }

  CompletionStage<Checked<Answer>> toUsers(Call call) {
    return Stages.answerChecked(
        call.object(MessageRequest.ToUsers.class),
        json ->
            Stages.answerChecked(
                Members.strings(json, "users", MessagePublisher.USERS_MAX),
                users -> toUsers(call, json, users)));
  }

  CompletionStage<Checked<Answer>> batch(Call call) {
    return Stages.answerChecked(
        withoutIdHeader(call)
            .then(it -> it.object(MessageRequest.Batch.class))
            .then(json -> Members.list(json, "messages", MessagePublisher.BATCH_MAX)),
        items -> messages.batch(call, items));
  }

  private CompletionStage<Checked<Answer>> one(Call call, Checked<ChannelName> name) {
    Checked<PublishCommand> command =
        name.then(
            channel ->
                call.object(MessageRequest.class)
                    .then(json -> MessageFields.read(json, call.caller().origin(), idHeaders(call)))
                    .then(message -> call.allowed(channel, traced(call, message)))
                    .then(message -> Checked.valid(command(call, channel, message))));
    return Stages.answerChecked(command, messages::one);
  }

  private static PublishCommand command(Call call, ChannelName channel, Message message) {
    return new PublishCommand(
            call.caller().app(), channel, message, call.caller().actor().standing())
        .countedTo(call.caller().key());
  }

  private CompletionStage<Checked<Answer>> toUsers(Call call, JsonNode json, List<String> users) {
    return Stages.answerChecked(
        MessageFields.read(json, call.caller().origin(), idHeaders(call)),
        message -> messages.toUsers(call, traced(call, message), users));
  }

  private static Message traced(Call call, Message message) {
    return TraceHeader.applied(call.headers(), message);
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
    return call.headers().all(MessageFields.ID_HEADER);
  }
}
