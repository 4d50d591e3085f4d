package io.carillon.client.testing;

import io.carillon.client.Message;
import io.carillon.client.Position;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Items of a log as messages. Stateless. */
final class Kept {
  private Kept() {}

  static Message<Object> message(Map<String, Object> item, long epoch) {
    return new Message<>(
        Frames.text(item, "n", ""),
        data(item),
        new Position(epoch, TestLog.offsetOf(item)),
        Optional.ofNullable(Frames.text(item, "id")),
        Optional.ofNullable(Frames.text(item, "by")),
        Instant.ofEpochMilli(Frames.number(item, "ts", 0)),
        item.containsKey("del"),
        Optional.ofNullable(Frames.text(item, "op"))
            .map(operation -> new Message.Change(operation, Frames.text(item, "ref", ""))),
        Optional.ofNullable(Frames.position(item, "v")),
        item.get("x") instanceof Map<?, ?> extras ? Frames.map(extras) : Map.of());
  }

  private static @Nullable Object data(Map<String, Object> item) {
    Object data = item.get("d");
    return item.containsKey("enc") && data instanceof String text
        ? Base64.getDecoder().decode(text)
        : data;
  }
}
