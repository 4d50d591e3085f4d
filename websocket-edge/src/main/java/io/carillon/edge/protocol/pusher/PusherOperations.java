package io.carillon.edge.protocol.pusher;

import io.carillon.core.model.ChannelName;
import io.carillon.core.model.Edit.Operation;
import io.carillon.core.model.Message;
import io.carillon.core.model.Payload;
import io.carillon.edge.format.JsonBytes;

/**
 * How Pusher's clients are told of operations: by events of the server's own, {@code
 * carillon:message.append}, {@code .update} and {@code .delete}, whose data is {@code {"ref":id of
 * the message, "name":its name, "data"?:what an event's data would be, "id"?:id of the operation}}.
 * A client that was made without them in mind has no handler for these names and sees nothing; were
 * an update sent under its message's name, it would be taken for another message. Stateless.
 */
final class PusherOperations {
  private PusherOperations() {}

  static byte[] event(ChannelName channel, Message message, Operation operation) {
    JsonBytes data = new JsonBytes(64 + message.size() * 5 / 4);
    data.raw("{\"ref\":").string(operation.ref()).raw(",\"name\":").string(message.event());
    Payload payload = message.payload();
    String id = message.id();
    if (id != null) {
      data.raw(",\"id\":").string(id);
    }
    return switch (operation.kind()) {
      case DELETE -> named("delete", channel, data);
      case APPEND -> named("append", channel, withData(data, payload));
      case UPDATE -> named("update", channel, withData(data, payload));
    };
  }

  private static JsonBytes withData(JsonBytes data, Payload payload) {
    return data.raw(",\"data\":").string(PusherEvents.dataOf(payload));
  }

  private static byte[] named(String word, ChannelName channel, JsonBytes data) {
    return PusherEvents.event("carillon:message." + word, channel.value(), data.raw("}").toBytes());
  }
}
