package io.carillon.redis;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The greatest epoch that this node knows of; every new one is greater, also when the server's
 * clock went back. Thread-safe.
 */
final class Epochs {
  private final AtomicLong highest;

  /**
   * @param floor what the archive says; see {@code Archive.epochFloor}
   */
  Epochs(long floor) {
    this.highest = new AtomicLong(floor);
  }

  void saw(long epoch) {
    if (epoch > highest.get()) {
      highest.accumulateAndGet(epoch, Math::max);
    }
  }

  long highest() {
    return highest.get();
  }
}
