package io.carillon.benchmark.jmh;

import io.carillon.core.hub.Delivery;
import io.carillon.core.model.AppId;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.Message;
import io.carillon.core.model.Message.Origin;
import io.carillon.core.model.Payload;
import io.carillon.core.model.Position;
import io.carillon.core.model.Publication;
import java.util.List;
import java.util.stream.IntStream;

/** What all benchmarks work on: messages with 128 bytes of data. Stateless. */
final class Samples {
  static final ChannelId CHANNEL = ChannelId.of(new AppId("1"), ChannelName.of("chat:room-1"));

  private static final long EPOCH = 1_763_000_000_000L;

  private Samples() {}

  static Message message() {
    return new Message(null, "message", Payload.text("x".repeat(128)), Origin.Backend.TO_EVERYONE);
  }

  static Publication publication(long offset) {
    return new Publication(CHANNEL, new Position(EPOCH, offset), message(), EPOCH);
  }

  static List<Delivery> deliveries(int number) {
    return IntStream.rangeClosed(1, number)
        .mapToObj(offset -> (Delivery) new Delivery.Published(publication(offset)))
        .toList();
  }
}
