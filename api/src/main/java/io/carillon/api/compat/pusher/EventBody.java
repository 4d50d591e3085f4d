package io.carillon.api.compat.pusher;

import io.carillon.api.http.Checked;
import io.carillon.api.http.Json;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One event as a backend sends it. Unknown members are ignored, and null counts as absent.
 * Immutable.
 *
 * @param channels distinct, in the order in which they were named
 * @param info what the backend wants to know of each channel
 */
record EventBody(Message message, List<ChannelName> channels, Set<ChannelAttribute> info) {
  static final int CHANNELS_MAX = 100;
  static final int BATCH_MAX = 10;

  private static final Set<ChannelAttribute> COUNTS =
      EnumSet.of(ChannelAttribute.USER_COUNT, ChannelAttribute.SUBSCRIPTION_COUNT);

  /** The body of {@code POST /events}. */
  static Checked<EventBody> ofTrigger(JsonNode json) {
    return channelTexts(json).then(texts -> ofEvent(json, texts));
  }

  /** The body of {@code POST /batch_events}: each item has one channel. */
  static Checked<List<EventBody>> ofBatch(JsonNode json) {
    JsonNode batch = member(json, "batch");
    if (batch == null || !batch.isArray()) {
      return Checked.refused(wrong("batch", batch, "a list of 1 to " + BATCH_MAX + " events"));
    }
    if (batch.size() == 0 || batch.size() > BATCH_MAX) {
      return Checked.refused(
          batch.size() == 0 ? ErrorCode.BAD_REQUEST : ErrorCode.TOO_MANY_ITEMS,
          "batch: " + batch.size() + " events (expected: 1 to " + BATCH_MAX + ")");
    }
    List<EventBody> events = new ArrayList<>();
    for (JsonNode item : batch.values()) {
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
    return string(item, "channel").then(channel -> ofEvent(item, List.of(channel)));
  }

  private static Checked<EventBody> ofEvent(JsonNode json, List<String> channelTexts) {
    return string(json, "name")
        .then(
            name ->
                string(json, "data")
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
    return channels(channelTexts)
        .then(
            channels ->
                info(json).then(info -> Checked.valid(new EventBody(message, channels, info))));
  }

  private static Checked<List<String>> channelTexts(JsonNode json) {
    JsonNode list = member(json, "channels");
    if (list == null) {
      return string(json, "channel").then(channel -> Checked.valid(List.of(channel)));
    }
    if (member(json, "channel") != null) {
      return Checked.refused(
          ErrorCode.BAD_REQUEST, "channel and channels: both (expected: one of them)");
    }
    if (!list.isArray() || list.size() == 0) {
      return Checked.refused(wrong("channels", list, "a list of 1 to " + CHANNELS_MAX + " names"));
    }
    if (list.size() > CHANNELS_MAX) {
      return Checked.refused(
          ErrorCode.TOO_MANY_ITEMS,
          "channels: " + list.size() + " names (expected: 1 to " + CHANNELS_MAX + ")");
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode item : list.values()) {
      if (!item.isString()) {
        return Checked.refused(wrong("channels[" + texts.size() + "]", item, "a string"));
      }
      texts.add(item.getStringValue());
    }
    return Checked.valid(texts);
  }

  private static Checked<List<ChannelName>> channels(List<String> texts) {
    Set<ChannelName> names = new LinkedHashSet<>();
    boolean encrypted = false;
    for (String text : texts) {
      String problem = ChannelName.problemWith(text);
      if (problem != null) {
        return Checked.refused(ErrorCode.CHANNEL_NAME_INVALID, problem);
      }
      ChannelName name = ChannelName.of(text);
      encrypted |= name.kind().isEncrypted();
      names.add(name);
    }
    return encrypted && names.size() > 1
        ? Checked.refused(
            ErrorCode.BAD_REQUEST,
            "channels: " + names.size() + " names (expected: an encrypted channel alone)")
        : Checked.valid(List.copyOf(names));
  }

  private static Checked<Origin> origin(JsonNode json) {
    JsonNode socketId = member(json, "socket_id");
    if (socketId == null) {
      return Checked.valid(Origin.Backend.TO_EVERYONE);
    }
    boolean right = socketId.isString() && ConnectionId.isSocketId(socketId.getStringValue());
    return right
        ? Checked.valid(new Origin.Backend(ConnectionId.ofSocketId(socketId.getStringValue())))
        : Checked.refused(wrong("socket_id", socketId, "<digits>.<digits>"));
  }

  private static Checked<Set<ChannelAttribute>> info(JsonNode json) {
    return member(json, "info") == null
        ? Checked.valid(Set.of())
        : string(json, "info").then(info -> ChannelAttribute.listed(info, COUNTS));
  }

  private static Checked<String> string(JsonNode json, String name) {
    JsonNode value = member(json, name);
    return value != null && value.isString()
        ? Checked.valid(value.getStringValue())
        : Checked.refused(wrong(name, value, "a string"));
  }

  private static @Nullable JsonNode member(JsonNode json, String name) {
    JsonNode value = json.get(name);
    return value == null || value.isNull() ? null : value;
  }

  private static Problem wrong(String name, @Nullable JsonNode value, String expected) {
    String was = value == null ? "missing" : Json.described(value);
    return Problem.of(ErrorCode.BAD_REQUEST, name + ": " + was + " (expected: " + expected + ")");
  }
}
