package io.carillon.edge.protocol.pusher;

import io.carillon.core.engine.PresenceChange;
import io.carillon.core.engine.PresenceChange.Kind;
import io.carillon.core.engine.Roster;
import io.carillon.core.error.Problem;
import io.carillon.core.model.ChannelKind;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.ConnectionId;
import io.carillon.core.model.Edit.Operation;
import io.carillon.core.model.Member;
import io.carillon.core.model.Message;
import io.carillon.core.model.Message.Origin;
import io.carillon.core.model.Payload;
import io.carillon.core.model.Publication;
import io.carillon.core.session.User;
import io.carillon.edge.format.JsonBytes;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the server says, as whole messages. {@code data} is a string that holds JSON (the Java
 * client takes nothing else), but for {@code pusher:error}, where it is documented as an object.
 * Every message has data, and no field is ever null but an error's code.
 */
final class PusherEvents {
  private static final int ENVELOPE_BYTES = 64;
  private static final byte[] NOTHING = {};

  private PusherEvents() {}

  static byte[] connectionEstablished(ConnectionId id, int activityTimeoutSeconds) {
    byte[] data =
        json()
            .raw("{\"socket_id\":\"")
            .raw(id.socketId())
            .raw("\",\"activity_timeout\":")
            .number(activityTimeoutSeconds)
            .raw("}")
            .toBytes();
    return event("pusher:connection_established", null, data);
  }

  static byte[] error(Problem problem) {
    Integer code = problem.code().pusherCode();
    return json()
        .raw("{\"event\":\"pusher:error\",\"data\":{\"message\":")
        .string(problem.detail())
        .raw(",\"code\":")
        .raw(code == null ? "null" : code.toString())
        .raw("}}")
        .toBytes();
  }

  static byte[] subscriptionError(String channel, Problem problem) {
    byte[] data =
        json()
            .raw("{\"type\":")
            .string(problem.code().httpStatus() == 401 ? "AuthError" : "SubscriptionError")
            .raw(",\"error\":")
            .string(problem.detail())
            .raw(",\"status\":")
            .number(problem.code().httpStatus())
            .raw("}")
            .toBytes();
    return event("pusher:subscription_error", channel, data);
  }

  static byte[] subscribed(ChannelName channel, @Nullable Roster roster) {
    byte[] data = roster == null ? json().raw("{}").toBytes() : rosterOf(roster.members());
    return event("pusher_internal:subscription_succeeded", channel.value(), data);
  }

  private static byte[] rosterOf(List<Member> members) {
    JsonBytes data = new JsonBytes(64 + members.size() * 64).raw("{\"presence\":{\"count\":");
    data.number(members.size()).raw(",\"ids\":[");
    String comma = "";
    for (Member member : members) {
      data.raw(comma).string(member.userId());
      comma = ",";
    }
    data.raw("],\"hash\":{");
    comma = "";
    for (Member member : members) {
      data.raw(comma).string(member.userId()).raw(":").raw(infoOf(member));
      comma = ",";
    }
    return data.raw("}}}").toBytes();
  }

  private static byte[] infoOf(Member member) {
    String info = member.info();
    return (info == null ? "null" : info).getBytes(StandardCharsets.UTF_8);
  }

  static byte[] cacheMiss(ChannelName channel) {
    return event("pusher:cache_miss", channel.value(), json().raw("{}").toBytes());
  }

  static byte[] signedIn(User user) {
    byte[] data = json().raw("{\"user_data\":").string(user.signedText()).raw("}").toBytes();
    return event("pusher:signin_success", null, data);
  }

  static byte[] counted(ChannelName channel, int subscriptions) {
    byte[] data = json().raw("{\"subscription_count\":").number(subscriptions).raw("}").toBytes();
    return event("pusher_internal:subscription_count", channel.value(), data);
  }

  /** Empty when it is not told: where nobody but native clients knows of presence, or a user. */
  static byte[] presence(PresenceChange change) {
    Member member = change.entry().member();
    boolean joined = change.kind() == Kind.USER_JOINED;
    ChannelKind kind = change.channel().kind();
    if (!change.kind().isOfUser() || !(kind.isPresence() || kind == ChannelKind.INTERNAL)) {
      return NOTHING;
    }
    if (kind == ChannelKind.INTERNAL) {
      return watched(joined ? "online" : "offline", List.of(member.userId()));
    }
    JsonBytes data = json().raw("{\"user_id\":").string(member.userId());
    if (joined && member.info() != null) {
      data.raw(",\"user_info\":").raw(infoOf(member));
    }
    return event(
        joined ? "pusher_internal:member_added" : "pusher_internal:member_removed",
        change.channel().name().value(),
        data.raw("}").toBytes());
  }

  static byte[] watched(String what, List<String> userIds) {
    JsonBytes data = json().raw("{\"events\":[{\"name\":\"").raw(what).raw("\",\"user_ids\":[");
    String comma = "";
    for (String userId : userIds) {
      data.raw(comma).string(userId);
      comma = ",";
    }
    return event("pusher_internal:watchlist_events", null, data.raw("]}]}").toBytes());
  }

  static byte[] publication(Publication publication) {
    Message message = publication.message();
    Operation operation = message.operation();
    if (operation != null) {
      return PusherOperations.event(publication.channel().name(), message, operation);
    }
    byte[] data = dataOf(message.payload());
    String channel = publication.channel().name().value();
    JsonBytes json =
        new JsonBytes(ENVELOPE_BYTES + data.length + channel.length() + message.event().length());
    json.raw("{\"event\":").string(message.event()).raw(",\"channel\":").string(channel);
    json.raw(",\"data\":").string(data);
    if (publication.channel().kind().isPresence()
        && message.origin() instanceof Origin.Client(var connection, var userId)
        && userId != null) {
      json.raw(",\"user_id\":").string(userId);
    }
    return json.raw("}").toBytes();
  }

  static byte[] dataOf(Payload payload) {
    return payload.form() == Payload.Form.BINARY
        ? Base64.getEncoder().encode(payload.bytes())
        : payload.bytes();
  }

  static byte[] event(String name, @Nullable String channel, byte[] data) {
    JsonBytes json = new JsonBytes(ENVELOPE_BYTES + name.length() + data.length * 5 / 4);
    json.raw("{\"event\":\"").raw(name).raw("\"");
    if (channel != null) {
      json.raw(",\"channel\":").string(channel);
    }
    return json.raw(",\"data\":").string(data).raw("}").toBytes();
  }

  private static JsonBytes json() {
    return new JsonBytes(ENVELOPE_BYTES);
  }
}
