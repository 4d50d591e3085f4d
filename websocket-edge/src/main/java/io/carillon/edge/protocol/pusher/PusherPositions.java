package io.carillon.edge.protocol.pusher;

import io.carillon.core.model.ChannelName;
import io.carillon.core.model.ConnectionId;
import io.carillon.core.model.Position;
import io.carillon.core.model.Publication;
import io.carillon.core.session.Catchup;
import io.carillon.edge.format.JsonBytes;
import java.util.List;

/**
 * What clients are told that count positions (docs/protocol/pusher-extensions.md). The message that
 * all others get stands in it as it is. Stateless.
 */
final class PusherPositions {
  private static final int BYTES = 128;

  private PusherPositions() {}

  /** Clause P2.1. */
  static byte[] event(Publication publication) {
    byte[] item = item(publication);
    return start("event", publication.channel().name(), item.length).raw(item).raw("}").toBytes();
  }

  /** Clause P2.4. */
  static byte[] marker(ChannelName channel, Position top) {
    JsonBytes json = at(start("event", channel, 0).raw("{"), top);
    return json.raw(",\"f\":").number(top.offset()).raw("}}").toBytes();
  }

  /** Clause P3.2. */
  static byte[] resumed(ChannelName channel, Catchup catchup, Position top) {
    List<byte[]> items = catchup.missed().stream().map(PusherPositions::item).toList();
    int bytes = items.stream().mapToInt(item -> item.length + 1).sum();
    JsonBytes json = at(start("resumed", channel, bytes).raw("{"), catchup.end());
    switch (catchup.verdict()) {
      case FRESH -> {}
      case RECOVERED -> json.raw(",\"recovered\":true");
      case LOST_EPOCH -> lost(json, "epoch");
      case LOST_EXPIRED -> lost(json, "expired");
      case LOST_TOO_FAR -> lost(json, "too-far");
    }
    if (catchup.isCutShortOf(top)) {
      json.raw(",\"more\":true");
    }
    json.raw(",\"m\":[");
    for (int i = 0; i < items.size(); i++) {
      json.raw(i == 0 ? "" : ",").raw(items.get(i));
    }
    return json.raw("]}}").toBytes();
  }

  private static void lost(JsonBytes json, String why) {
    json.raw(",\"recovered\":false,\"why\":\"").raw(why).raw("\"");
  }

  private static byte[] item(Publication publication) {
    byte[] plain = PusherEvents.publication(publication);
    JsonBytes json = at(new JsonBytes(BYTES + plain.length).raw("{"), publication.position());
    ConnectionId excluded = publication.message().origin().excluded();
    if (excluded != null) {
      json.raw(",\"not\":\"").raw(excluded.socketId()).raw("\"");
    }
    return json.raw(",\"m\":").raw(plain).raw("}").toBytes();
  }

  private static JsonBytes at(JsonBytes json, Position position) {
    return json.raw("\"e\":").number(position.epoch()).raw(",\"o\":").number(position.offset());
  }

  private static JsonBytes start(String word, ChannelName channel, int bytes) {
    return new JsonBytes(BYTES + channel.value().length() + bytes)
        .raw("{\"event\":\"carillon:")
        .raw(word)
        .raw("\",\"channel\":")
        .string(channel.value())
        .raw(",\"data\":");
  }
}
