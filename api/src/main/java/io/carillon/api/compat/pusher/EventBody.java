package io.carillon.api.compat.pusher;

import io.carillon.api.http.ChannelNames;
import io.carillon.api.http.Checked;
import io.carillon.api.http.Json;
import io.carillon.api.http.Members;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.ConnectionId;
import io.carillon.core.model.Message;
import io.carillon.core.model.Message.Origin;
import io.carillon.core.model.Payload;
import io.micronaut.json.tree.JsonNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * One event as a backend sends it. Unknown members are ignored, and null counts as absent.
 * Immutable.
 *
 * @param channels distinct, in the order in which they were named
 * @param info what the backend wants to know of each channel
 */
record EventBody(Message message, List<ChannelName> channels, Set<ChannelAttribute> info) {
  static final int BATCH_MAX = 10;

  private static final Set<ChannelAttribute> COUNTS =
      EnumSet.of(ChannelAttribute.USER_COUNT, ChannelAttribute.SUBSCRIPTION_COUNT);

  /** The body of {@code POST /events}. */
  static Checked<EventBody> ofTrigger(JsonNode json) {
    return ChannelNames.texts(json).then(texts -> ofEvent(json, texts));
  }

  /** The body of {@code POST /batch_events}: each item has one channel. */
  static Checked<List<EventBody>> ofBatch(JsonNode json) {
    return Members.list(json, "batch", BATCH_MAX).then(EventBody::ofItems);
  }

  private static Checked<List<EventBody>> ofItems(List<JsonNode> items) {
    List<EventBody> events = new ArrayList<>();
    for (JsonNode item : items) {
      switch (ofItem(item)) {
        case Checked.Refused<EventBody>(var problem) -> {
          return Checked.refused(inBatch(events.size(), problem));
        }
        case Checked.Valid<EventBody>(var event) -> events.add(event);
      }
    }
    return Checked.valid(events);
  }

  /** The problem of one of several events. */
  static Problem inBatch(int index, Problem problem) {
    return new Problem(problem.code(), "batch[" + index + "]: " + problem.detail());
  }

  private static Checked<EventBody> ofItem(JsonNode item) {
    if (!item.isObject()) {
      return Checked.refused(
          ErrorCode.BAD_REQUEST, Json.described(item) + " (expected: an object)");
    }
    return Members.string(item, "channel").then(channel -> ofEvent(item, List.of(channel)));
  }

  private static Checked<EventBody> ofEvent(JsonNode json, List<String> channelTexts) {
    return Members.string(json, "name")
        .then(
            name ->
                Members.string(json, "data")
                    .then(
                        data ->
                            origin(json)
                                .then(
                                    origin -> {
                                      Message message =
                                          new Message(null, name, Payload.text(data), origin);
                                      return ofMessage(json, message, channelTexts);
                                    })));
  }

  private static Checked<EventBody> ofMessage(
      JsonNode json, Message message, List<String> channelTexts) {
    return ChannelNames.distinct(channelTexts, ChannelNames::checked)
        .then(
            channels ->
                info(json).then(info -> Checked.valid(new EventBody(message, channels, info))));
  }

  private static Checked<Origin> origin(JsonNode json) {
    JsonNode socketId = Members.get(json, "socket_id");
    if (socketId == null) {
      return Checked.valid(Origin.Backend.TO_EVERYONE);
    }
    boolean right = socketId.isString() && ConnectionId.isSocketId(socketId.getStringValue());
    return right
        ? Checked.valid(new Origin.Backend(ConnectionId.ofSocketId(socketId.getStringValue())))
        : Checked.refused(Members.wrong("socket_id", socketId, "<digits>.<digits>"));
  }

  private static Checked<Set<ChannelAttribute>> info(JsonNode json) {
    return Members.get(json, "info") == null
        ? Checked.valid(Set.of())
        : Members.string(json, "info").then(info -> ChannelAttribute.listed(info, COUNTS));
  }
}
