package io.carillon.api.compat.pusher;

import io.carillon.api.http.Stages;
import io.carillon.core.engine.Head;
import io.carillon.core.engine.Ports;
import io.carillon.core.model.ChannelId;
import io.micronaut.json.tree.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Reads the attributes of channels from the engine. Thread-safe. */
final class ChannelAttributes {
  private final Ports ports;

  ChannelAttributes(Ports ports) {
    this.ports = ports;
  }

  /** The attributes by name; those that the channel does not have were left out before. */
  CompletionStage<Map<String, JsonNode>> read(ChannelId channel, Set<ChannelAttribute> attributes) {
    List<ChannelAttribute> asked = List.copyOf(attributes);
    List<CompletionStage<JsonNode>> values = new ArrayList<>();
    asked.forEach(attribute -> values.add(read(channel, attribute)));
    return Stages.all(values)
        .thenApply(
            nodes -> {
              Map<String, JsonNode> byName = new LinkedHashMap<>();
              for (int i = 0; i < nodes.size(); i++) {
                byName.put(asked.get(i).wireName(), nodes.get(i));
              }
              return byName;
            });
  }

  private CompletionStage<JsonNode> read(ChannelId channel, ChannelAttribute attribute) {
    return switch (attribute) {
      case USER_COUNT ->
          ports
              .presence()
              .roster(channel)
              .thenApply(roster -> JsonNode.createNumberNode(roster.members().size()));
      case SUBSCRIPTION_COUNT ->
          ports.occupancy().subscriptions(channel).thenApply(JsonNode::createNumberNode);
      case CACHE -> ports.log().head(channel).thenApply(ChannelAttributes::cached);
    };
  }

  private static JsonNode cached(Head head) {
    Head.Latest latest = head.latest();
    if (latest == null) {
      return JsonNode.nullNode();
    }
    Map<String, JsonNode> cache = new LinkedHashMap<>();
    String data = latest.publication().message().payload().asText();
    cache.put("data", JsonNode.createStringNode(data));
    // rounded up, because what is still kept has a second to live
    long seconds = latest.remaining().plusMillis(999).toSeconds();
    cache.put("ttl", JsonNode.createNumberNode(seconds));
    return JsonNode.createObjectNode(cache);
  }
}
