package io.carillon.api.compat.pusher;

import io.carillon.api.http.ChannelNames;
import io.carillon.api.http.Checked;
import io.carillon.api.http.Json;
import io.carillon.api.http.Quoted;
import io.carillon.api.http.Stages;
import io.carillon.core.engine.Ports;
import io.carillon.core.engine.Roster;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.App;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.ChannelKind;
import io.carillon.core.model.Operation;
import io.micronaut.json.tree.JsonNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Answers what a backend asks about channels. Thread-safe. */
final class ChannelQueries {
  /** How many channels one list holds at most; the API has no pages. */
  static final int CHANNELS_MAX = 10_000;

  /** As before, when the members of each have to be counted. */
  static final int COUNTED_CHANNELS_MAX = 1_000;

  private final Ports ports;
  private final ChannelAttributes attributes;

  ChannelQueries(Ports ports) {
    this.ports = ports;
    this.attributes = new ChannelAttributes(ports);
  }

  /** The occupied channels with this prefix, in the order of their names. */
  CompletionStage<Checked<JsonNode>> list(SignedRequest signed, String prefix, String info) {
    App app = signed.app();
    Checked<Set<ChannelAttribute>> asked =
        ChannelAttribute.listed(info, EnumSet.of(ChannelAttribute.USER_COUNT))
            .then(
                attributes ->
                    attributes.isEmpty() || prefix.startsWith(ChannelKind.PRESENCE.prefix())
                        ? Checked.valid(attributes)
                        : Checked.refused(
                            ErrorCode.ATTRIBUTE_INVALID,
                            "user_count with filter_by_prefix "
                                + Quoted.of(prefix)
                                + " (expected: a prefix that starts with presence-)"));
    return Stages.answer(
        asked,
        attributes -> {
          int limit = attributes.isEmpty() ? CHANNELS_MAX : COUNTED_CHANNELS_MAX;
          return ports
              .occupancy()
              .occupied(app.id(), prefix, "", limit)
              .thenApply(
                  channels ->
                      channels.stream().filter(channel -> signed.maySee(channel.name())).toList())
              .thenCompose(channels -> listed(channels, attributes));
        });
  }

  private CompletionStage<JsonNode> listed(List<ChannelId> channels, Set<ChannelAttribute> asked) {
    List<CompletionStage<Map<String, JsonNode>>> infos = new ArrayList<>(channels.size());
    channels.forEach(channel -> infos.add(attributes.read(channel, asked)));
    return Stages.all(infos)
        .thenApply(
            found -> {
              Map<String, JsonNode> byName = new LinkedHashMap<>();
              for (int i = 0; i < found.size(); i++) {
                byName.put(channels.get(i).name().value(), JsonNode.createObjectNode(found.get(i)));
              }
              return Json.object("channels", JsonNode.createObjectNode(byName));
            });
  }

  /** One channel's state. */
  CompletionStage<Checked<JsonNode>> channel(SignedRequest signed, String name, String info) {
    App app = signed.app();
    Checked<Channel> asked =
        named(signed, name)
            .then(
                channel ->
                    ChannelAttribute.listed(info, EnumSet.allOf(ChannelAttribute.class))
                        .then(attributes -> Channel.of(app, channel, attributes)));
    return Stages.answer(
        asked,
        channel ->
            ports
                .occupancy()
                .subscriptions(channel.id())
                .thenCombine(
                    attributes.read(channel.id(), channel.asked()),
                    (subscriptions, values) -> {
                      Map<String, JsonNode> members = new LinkedHashMap<>();
                      members.put("occupied", JsonNode.createBooleanNode(subscriptions > 0));
                      members.putAll(values);
                      return JsonNode.createObjectNode(members);
                    }));
  }

  /** Who is present on a presence channel. */
  CompletionStage<Checked<JsonNode>> users(SignedRequest signed, String name) {
    Checked<ChannelId> asked =
        named(signed, name)
            .then(
                channel ->
                    channel.kind().isPresence()
                        ? Checked.valid(channel)
                        : Checked.refused(
                            ErrorCode.ATTRIBUTE_INVALID,
                            "users of " + Quoted.of(name) + " (expected: a presence channel)"));
    return Stages.answer(
        asked, channel -> ports.presence().roster(channel).thenApply(ChannelQueries::users));
  }

  private static JsonNode users(Roster roster) {
    List<JsonNode> users = new ArrayList<>();
    roster
        .members()
        .forEach(
            member -> users.add(Json.object("id", JsonNode.createStringNode(member.userId()))));
    return Json.object("users", JsonNode.createArrayNode(users));
  }

  private static Checked<ChannelId> named(SignedRequest signed, String text) {
    return ChannelNames.open(text)
        .then(
            name -> {
              Problem refusal = signed.refusal(Operation.SUBSCRIBE, name);
              return refusal == null
                  ? Checked.valid(ChannelId.of(signed.app().id(), name))
                  : Checked.refused(refusal);
            });
  }

  /** A channel with what is asked of it, all of which it has. */
  private record Channel(ChannelId id, Set<ChannelAttribute> asked) {
    static Checked<Channel> of(App app, ChannelId id, Set<ChannelAttribute> asked) {
      for (ChannelAttribute attribute : asked) {
        String expected = attribute.problemWith(app, id.kind());
        if (expected != null) {
          return Checked.refused(
              ErrorCode.ATTRIBUTE_INVALID,
              attribute.wireName()
                  + " of "
                  + Quoted.of(id.name().value())
                  + " (expected: "
                  + expected
                  + ")");
        }
      }
      return Checked.valid(new Channel(id, asked));
    }
  }
}
