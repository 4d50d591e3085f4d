package io.carillon.client.testing;

import io.carillon.client.Carillon;
import io.carillon.client.Channel;
import io.carillon.client.PublishResult;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** An application's class, as its developer would write it, and nothing of a test in it. */
final class Chat implements AutoCloseable {
  private final Carillon client;
  private final Channel<Object> room;
  private final List<String> lines = new CopyOnWriteArrayList<>();

  Chat(Carillon client, String name) {
    this.client = client;
    this.room = client.channel(name);
    room.on("message", message -> lines.add(text(message.data())));
    room.onGap(gap -> lines.add("(some messages are missing: " + gap.reason() + ")"));
    // a bot that answers, and waits for its answer to be taken
    room.on("question", message -> say("re: " + text(message.data())));
  }

  PublishResult say(String text) {
    return room.publish("message", Map.of("text", text));
  }

  CompletableFuture<PublishResult> sayLater(String text) {
    return room.publishAsync("message", Map.of("text", text));
  }

  List<String> lines() {
    return List.copyOf(lines);
  }

  String status() {
    return client.state().getClass().getSimpleName();
  }

  private static String text(@Nullable Object data) {
    return data instanceof Map<?, ?> fields ? String.valueOf(fields.get("text")) : "?";
  }

  @Override
  public void close() {
    client.close();
  }
}
