package io.carillon.core.webhook;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many calls of endpoints are under way, in all and of whom, so that one that hangs holds up
 * nobody else. Thread-safe.
 */
final class CallRoom {
  /** Calls that are under way at once. */
  static final int CALLS_MAX = 32;

  /** Of one tenant, so that its servers that hang leave room for the others. */
  static final int CALLS_OF_TENANT_MAX = 8;

  private final Semaphore room = new Semaphore(CALLS_MAX);
  private final Map<WebhookId, AtomicInteger> ofEndpoint = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> ofOwner = new ConcurrentHashMap<>();

  int free() {
    return room.availablePermits();
  }

  /** How many an owner may have beside those that it has. */
  int freeOf(String owner) {
    AtomicInteger count = ofOwner.get(owner);
    return CALLS_OF_TENANT_MAX - (count == null ? 0 : count.get());
  }

  /** Whether some owner has as many as it may. */
  boolean isAnyoneFull() {
    return ofOwner.values().stream().anyMatch(count -> count.get() >= CALLS_OF_TENANT_MAX);
  }

  /** The endpoints with calls under way, and how many. */
  Map<WebhookId, Integer> underWay() {
    Map<WebhookId, Integer> counts = new ConcurrentHashMap<>();
    ofEndpoint.forEach((id, count) -> counts.put(id, count.get()));
    return counts;
  }

  void enter(WebhookId id, String owner) {
    room.acquireUninterruptibly();
    counted(ofEndpoint, id, 1);
    counted(ofOwner, owner, 1);
  }

  void leave(WebhookId id, String owner) {
    counted(ofEndpoint, id, -1);
    counted(ofOwner, owner, -1);
    room.release();
  }

  /** Whether all have left within a time; nobody enters any more then. */
  boolean closeWithin(Duration patience) {
    try {
      return room.tryAcquire(CALLS_MAX, patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** What has none is not in the map. */
  private static <K> void counted(Map<K, AtomicInteger> counts, K key, int change) {
    counts.compute(
        key,
        (same, count) -> {
          AtomicInteger now = count == null ? new AtomicInteger() : count;
          return now.addAndGet(change) == 0 ? null : now;
        });
  }
}
