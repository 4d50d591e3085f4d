package io.carillon.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** A listener that was added, and how it is removed. Thread-safe. */
final class Hold implements Subscription {
  private final CompletableFuture<Void> ready;
  private final Runnable remove;
  private final AtomicBoolean closed = new AtomicBoolean();

  Hold(CompletableFuture<Void> ready, Runnable remove) {
    this.ready = ready;
    this.remove = remove;
  }

  @Override
  public CompletableFuture<Void> ready() {
    return ready;
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      remove.run();
    }
  }
}
