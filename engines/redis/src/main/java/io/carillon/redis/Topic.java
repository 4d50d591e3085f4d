package io.carillon.redis;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A channel of Redis that this node hears; its state is guarded by the link that it is on. */
final class Topic {
  final Names.Channel channel;
  final Consumer<byte[]> listener;

  /** Whether it is to be heard. */
  boolean wanted;

  /** Whether the server was told to send it, on the present connection. */
  boolean asked;

  /** How many confirmations of subscribing and of unsubscribing are still to come. */
  int greetings;

  int farewells;

  /** Whether something that was published may have been missed. */
  boolean doubtful;

  /** Completes when it is heard. */
  CompletableFuture<Void> heard = new CompletableFuture<>();

  Topic(Names.Channel channel, Consumer<byte[]> listener) {
    this.channel = channel;
    this.listener = listener;
  }

  /** Nothing is known of it on another connection. */
  void forgetConnection() {
    doubtful |= heard.isDone();
    unhear();
    asked = false;
    greetings = 0;
    farewells = 0;
  }

  /** From now on it has to be confirmed again. */
  void unhear() {
    if (heard.isDone()) {
      heard = new CompletableFuture<>();
    }
  }

  boolean isOver() {
    return !wanted && !asked && greetings == 0 && farewells == 0;
  }
}
