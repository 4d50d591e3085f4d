package io.carillon.webhook;

import java.net.SocketTimeoutException;
import java.time.Duration;

/** When a call has to be over. Immutable. */
record Deadline(long atNanos) {
  static Deadline in(Duration duration) {
    return new Deadline(System.nanoTime() + duration.toNanos());
  }

  /** Milliseconds that are left, 1 at least. */
  int millisLeft() throws SocketTimeoutException {
    long left = (atNanos - System.nanoTime()) / 1_000_000;
    if (left <= 0) {
      throw new SocketTimeoutException("the call took too long");
    }
    return (int) Math.min(left, Integer.MAX_VALUE);
  }
}
