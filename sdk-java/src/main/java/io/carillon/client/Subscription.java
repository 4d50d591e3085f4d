package io.carillon.client;

import java.util.concurrent.CompletableFuture;

/** A listener's hold on its channel. Thread-safe. */
public interface Subscription extends AutoCloseable {
  /**
   * Completed when messages flow, or with a {@link CarillonException} when they do not. What hangs
   * on it may block.
   */
  CompletableFuture<Void> ready();

  /** The listener is called no more, but for a call that has begun; idempotent, never waits. */
  @Override
  void close();
}
