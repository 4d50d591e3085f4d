package io.carillon.api.publish;

import io.carillon.api.http.Answer;
import io.carillon.api.http.Call;
import io.carillon.api.http.Caller;
import io.carillon.api.http.ChannelNames;
import io.carillon.api.http.Checked;
import io.carillon.api.http.Members;
import io.carillon.api.http.OrderedPublisher;
import io.carillon.api.http.ProblemBody;
import io.carillon.api.http.TraceHeader;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.App;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.Message;
import io.carillon.core.model.Operation;
import io.carillon.core.publish.PublishCommand;
import io.carillon.core.publish.PublishOutcome;
import io.carillon.core.publish.Publisher;
import io.micronaut.http.HttpStatus;
import io.micronaut.json.tree.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Publishes what a backend sent; of several messages each has a result of its own. Thread-safe. */
final class MessagePublisher {
  static final int BATCH_MAX = 1_000;
  static final int USERS_MAX = 100;

  private final Publisher publisher;
  private final OrderedPublisher ordered;

  MessagePublisher(Publisher publisher) {
    this.publisher = publisher;
    this.ordered = new OrderedPublisher(publisher);
  }

  /** One message to one channel. */
  CompletionStage<Checked<Answer>> one(PublishCommand command) {
    return publisher
        .publish(command)
        .thenApply(
            outcome ->
                switch (outcome) {
                  case PublishOutcome.Refused(var problem) -> Checked.refused(problem);
                  case PublishOutcome.Published(var position, var duplicate) ->
                      Checked.valid(
                          Answer.of(
                              duplicate ? HttpStatus.OK : HttpStatus.CREATED,
                              result(command, outcome)));
                });
  }

  /** One message to each of these users. */
  CompletionStage<Checked<Answer>> toUsers(Call call, Message message, List<String> users) {
    Caller caller = call.caller();
    List<Item> items =
        users.stream()
            .map(
                user ->
                    Item.of(
                        ChannelNames.ofUser(user)
                            .then(channel -> call.allowed(Operation.PUBLISH, channel))
                            .then(
                                channel ->
                                    call.allowed(channel, message)
                                        .then(same -> Checked.valid(channel)))
                            .then(
                                channel ->
                                    Checked.valid(
                                        List.of(
                                            new PublishCommand(caller.app(), channel, message)
                                                .countedTo(caller.key())))),
                        false))
            .toList();
    return publish(caller.app(), items);
  }

  /** Several messages, in their order on each channel. */
  CompletionStage<Checked<Answer>> batch(Call call, List<JsonNode> messages) {
    List<Item> items = messages.stream().map(json -> item(call, json)).toList();
    int publications = items.stream().mapToInt(item -> item.commands().size()).sum();
    return publications > BATCH_MAX
        ? CompletableFuture.completedFuture(
            Checked.refused(
                ErrorCode.TOO_MANY_ITEMS,
                "messages: "
                    + publications
                    + " publications (expected: up to "
                    + BATCH_MAX
                    + ", one for each channel of each message)"))
        : publish(call.caller().app(), items);
  }

  private static Item item(Call call, JsonNode json) {
    Checked<List<PublishCommand>> commands =
        Members.shaped(json, MessageRequest.InBatch.class)
            .then(ChannelNames::texts)
            .then(
                texts ->
                    ChannelNames.distinct(
                        texts,
                        text ->
                            ChannelNames.open(text)
                                .then(name -> call.allowed(Operation.PUBLISH, name))))
            .then(
                channels ->
                    MessageFields.read(json, call.caller().origin(), List.of())
                        .then(
                            message ->
                                allowed(
                                    call, channels, TraceHeader.applied(call.headers(), message)))
                        .then(
                            message -> Checked.valid(commands(call.caller(), channels, message))));
    return Item.of(commands, json.isObject() && Members.get(json, "channels") != null);
  }

  private static Checked<Message> allowed(Call call, List<ChannelName> channels, Message message) {
    Checked<Message> allowed = Checked.valid(message);
    for (ChannelName channel : channels) {
      allowed = allowed.then(same -> call.allowed(channel, same));
    }
    return allowed;
  }

  private static List<PublishCommand> commands(
      Caller caller, List<ChannelName> channels, Message message) {
    return channels.stream()
        .map(
            channel ->
                new PublishCommand(caller.app(), channel, message, caller.actor().standing())
                    .countedTo(caller.key()))
        .toList();
  }

  private CompletionStage<Checked<Answer>> publish(App app, List<Item> items) {
    List<PublishCommand> commands = new ArrayList<>();
    items.forEach(item -> commands.addAll(item.commands()));
    Problem tooFast = publisher.take(app, commands.size());
    if (tooFast != null) {
      return CompletableFuture.completedFuture(Checked.refused(tooFast));
    }
    return ordered
        .publish(commands)
        .thenApply(
            outcomes -> {
              Iterator<PublishOutcome> inOrder = outcomes.iterator();
              List<Object> results = new ArrayList<>(items.size());
              items.forEach(item -> results.add(item.result(inOrder)));
              return Checked.valid(Answer.ok(new PublishResult.Results(results)));
            });
  }

  private static PublishResult result(PublishCommand command, PublishOutcome outcome) {
    String channel = command.channel().value();
    return switch (outcome) {
      case PublishOutcome.Published(var position, var duplicate) ->
          new PublishResult.Published(
              channel, command.message().id(), position.epoch(), position.offset(), duplicate);
      case PublishOutcome.Refused(var problem) ->
          new PublishResult.NotPublished(channel, ProblemBody.of(problem));
    };
  }

  /** One item of several: what it publishes, or why it does not. */
  private sealed interface Item {
    List<PublishCommand> commands();

    PublishResult result(Iterator<PublishOutcome> inOrder);

    static Item of(Checked<List<PublishCommand>> checked, boolean several) {
      return switch (checked) {
        case Checked.Refused<List<PublishCommand>>(var problem) -> new Bad(problem);
        case Checked.Valid<List<PublishCommand>>(var commands) -> new Good(commands, several);
      };
    }

    record Good(List<PublishCommand> commands, boolean several) implements Item {
      @Override
      public PublishResult result(Iterator<PublishOutcome> inOrder) {
        List<Object> results = new ArrayList<>(commands.size());
        for (PublishCommand command : commands) {
          PublishResult result = MessagePublisher.result(command, inOrder.next());
          if (!several) {
            return result;
          }
          results.add(result);
        }
        return new PublishResult.OnSeveral(results);
      }
    }

    record Bad(Problem problem) implements Item {
      @Override
      public List<PublishCommand> commands() {
        return List.of();
      }

      @Override
      public PublishResult result(Iterator<PublishOutcome> inOrder) {
        return new PublishResult.NotPublished(null, ProblemBody.of(problem));
      }
    }
  }
}
