package io.carillon.api.compat.pusher;

import io.carillon.api.http.Checked;
import io.carillon.api.http.Json;
import io.carillon.api.http.OrderedPublisher;
import io.carillon.api.http.Stages;
import io.carillon.api.http.TraceHeader;
import io.carillon.core.Node;
import io.carillon.core.error.Problem;
import io.carillon.core.model.App;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.Message;
import io.carillon.core.model.Operation;
import io.carillon.core.publish.PublishCommand;
import io.carillon.core.publish.PublishOutcome;
import io.carillon.core.publish.Publisher;
import io.micronaut.json.tree.JsonNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Publishes what a backend sent: everything is checked before the first event goes out, so that a
 * refusal means that nobody got anything. Thread-safe.
 */
final class EventPublisher {
  private final Publisher checks;
  private final OrderedPublisher publisher;
  private final ChannelAttributes attributes;

  EventPublisher(Node node) {
    this.checks = node.publisher();
    this.publisher = new OrderedPublisher(node.publisher());
    this.attributes = new ChannelAttributes(node.ports());
  }

  /** One event to each of its channels. */
  CompletionStage<Checked<JsonNode>> trigger(SignedRequest signed, EventBody event) {
    App app = signed.app();
    List<PublishCommand> commands = commands(signed, event);
    Problem problem = problemWith(signed, commands);
    if (problem != null) {
      return CompletableFuture.completedFuture(Checked.refused(problem));
    }
    return publish(app, commands)
        .thenCompose(
            refusal ->
                refusal == null
                    ? channelInfo(signed, event).thenApply(Checked::valid)
                    : CompletableFuture.completedFuture(Checked.refused(refusal)));
  }

  /** Several events, in their order on each channel. */
  CompletionStage<Checked<JsonNode>> batch(SignedRequest signed, List<EventBody> events) {
    App app = signed.app();
    List<PublishCommand> commands = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      List<PublishCommand> ofEvent = commands(signed, events.get(i));
      Problem problem = problemWith(signed, ofEvent);
      if (problem != null) {
        return CompletableFuture.completedFuture(Checked.refused(EventBody.inBatch(i, problem)));
      }
      commands.addAll(ofEvent);
    }
    return publish(app, commands)
        .thenCompose(
            refusal ->
                refusal == null
                    ? batchInfo(signed, events).thenApply(Checked::valid)
                    : CompletableFuture.completedFuture(Checked.refused(refusal)));
  }

  private static List<PublishCommand> commands(SignedRequest signed, EventBody event) {
    Message message = TraceHeader.applied(signed.headers(), event.message());
    return event.channels().stream()
        .map(
            channel ->
                new PublishCommand(signed.app(), channel, message).countedTo(signed.key().id()))
        .toList();
  }

  private @Nullable Problem problemWith(SignedRequest signed, List<PublishCommand> commands) {
    for (PublishCommand command : commands) {
      Problem limited = signed.refusal(Operation.PUBLISH, command.channel());
      Problem problem = limited == null ? checks.problemWith(command) : limited;
      if (problem != null) {
        return problem;
      }
    }
    return null;
  }

  private CompletionStage<@Nullable Problem> publish(App app, List<PublishCommand> commands) {
    Problem tooFast = checks.take(app, commands.size());
    if (tooFast != null) {
      return CompletableFuture.completedFuture(tooFast);
    }
    return publisher.publish(commands).thenApply(EventPublisher::firstRefusal);
  }

  private static @Nullable Problem firstRefusal(List<PublishOutcome> outcomes) {
    for (PublishOutcome outcome : outcomes) {
      if (outcome instanceof PublishOutcome.Refused(var problem)) {
        return problem;
      }
    }
    return null;
  }

  private CompletionStage<JsonNode> channelInfo(SignedRequest signed, EventBody event) {
    if (event.info().isEmpty()) {
      return CompletableFuture.completedFuture(Json.empty());
    }
    List<CompletionStage<Map<String, JsonNode>>> infos = new ArrayList<>();
    event.channels().forEach(channel -> infos.add(info(signed, channel, event.info())));
    return Stages.all(infos)
        .thenApply(
            found -> {
              Map<String, JsonNode> channels = new LinkedHashMap<>();
              for (int i = 0; i < found.size(); i++) {
                String name = event.channels().get(i).value();
                channels.put(name, JsonNode.createObjectNode(found.get(i)));
              }
              return Json.object("channels", JsonNode.createObjectNode(channels));
            });
  }

  private CompletionStage<JsonNode> batchInfo(SignedRequest signed, List<EventBody> events) {
    if (events.stream().allMatch(event -> event.info().isEmpty())) {
      return CompletableFuture.completedFuture(Json.empty());
    }
    List<CompletionStage<Map<String, JsonNode>>> infos = new ArrayList<>();
    events.forEach(event -> infos.add(info(signed, event.channels().getFirst(), event.info())));
    return Stages.all(infos)
        .thenApply(
            found -> {
              List<JsonNode> items = found.stream().map(JsonNode::createObjectNode).toList();
              return Json.object("batch", JsonNode.createArrayNode(items));
            });
  }

  /**
   * One list of attributes serves channels of all kinds here, so what does not apply is left out,
   * and what the key may not know.
   */
  private CompletionStage<Map<String, JsonNode>> info(
      SignedRequest signed, ChannelName channel, Set<ChannelAttribute> asked) {
    App app = signed.app();
    Set<ChannelAttribute> applicable = EnumSet.noneOf(ChannelAttribute.class);
    for (ChannelAttribute attribute : asked) {
      if (attribute.problemWith(app, channel.kind()) == null && signed.maySee(channel)) {
        applicable.add(attribute);
      }
    }
    return attributes.read(ChannelId.of(app.id(), channel), applicable);
  }
}
