package io.carillon.core.webhook;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An outbox of lists that hands out what is due, a channel at a time, for one thread. It knows
 * nothing of leases: whoever claims is the only one.
 */
final class ListOutbox implements WebhookOutbox {
  final List<WebhookAttempt> attempts = new ArrayList<>();
  final List<Waiting> delivered = new ArrayList<>();
  final List<Claim> prolonged = new ArrayList<>();
  final List<Delay> delays = new ArrayList<>();
  private final Map<String, Queue> queues = new LinkedHashMap<>();
  private long number;
  private int endpointFailures;
  private long closedUntil;

  private static final class Queue {
    final WebhookId endpoint;
    final String channel;
    final List<Waiting> waiting = new ArrayList<>();
    long sequence;
    int failures;
    long dueAt;
    boolean claimed;

    Queue(WebhookId endpoint, String channel) {
      this.endpoint = endpoint;
      this.channel = channel;
    }
  }

  @Override
  public void add(List<Entry> entries) {
    for (Entry entry : entries) {
      String channel = entry.event().channel().name().value();
      Queue queue =
          queues.computeIfAbsent(
              entry.endpoint() + channel, key -> new Queue(entry.endpoint(), channel));
      queue.waiting.add(new Waiting(++number, ++queue.sequence, 1, entry.event()));
    }
  }

  @Override
  public Backlog backlog(int most) {
    return Backlog.NONE;
  }

  @Override
  public List<Claim> claim(Wish wish) {
    List<Claim> claims = new ArrayList<>();
    for (Queue queue : queues.values()) {
      boolean free =
          !queue.claimed && wish.busy().getOrDefault(queue.endpoint, 0) < Wish.CHANNELS_OF_ENDPOINT;
      boolean due = queue.dueAt <= wish.nowMillis() && closedUntil <= wish.nowMillis();
      int most = Breaker.isOpen(endpointFailures) ? 1 : wish.channels();
      if (free && due && !queue.waiting.isEmpty() && claims.size() < most) {
        queue.claimed = true;
        claims.add(
            new Claim(
                queue.endpoint,
                queue.channel,
                new Lease(1, 1),
                queue.failures,
                endpointFailures,
                queue.waiting));
      }
    }
    return claims;
  }

  private Queue queue(Claim claim) {
    Queue queue = queues.get(claim.endpoint() + claim.channel());
    if (queue == null) {
      throw new AssertionError("no queue for " + claim);
    }
    return queue;
  }

  @Override
  public void delivered(List<Claim> claims, List<Waiting> events, WebhookAttempt attempt) {
    attempts.add(attempt);
    delivered.addAll(events);
    endpointFailures = 0;
    closedUntil = 0;
    queues.values().forEach(queue -> queue.dueAt = 0);
    claims.forEach(
        claim -> {
          queue(claim).failures = 0;
          queue(claim).waiting.removeAll(events);
        });
  }

  @Override
  public void failed(
      List<Claim> claims, List<Waiting> events, WebhookAttempt attempt, Delay delay) {
    attempts.add(attempt);
    delays.add(delay);
    endpointFailures++;
    closedUntil = Math.max(closedUntil, delay.closedUntilMillis());
    claims.forEach(
        claim -> {
          queue(claim).failures++;
          queue(claim).dueAt = delay.retryAtMillis();
          queue(claim).claimed = false;
        });
  }

  @Override
  public void release(List<Claim> claims, List<Waiting> left, long dueMillis) {
    claims.forEach(
        claim -> {
          queue(claim).claimed = false;
          queue(claim).dueAt = dueMillis;
        });
  }

  @Override
  public void prolong(List<Claim> claims, long untilMillis) {
    prolonged.addAll(claims);
  }

  @Override
  public void note(WebhookAttempt attempt) {
    attempts.add(attempt);
  }

  @Override
  public boolean forget(long deliveredBeforeMillis, long deadBeforeMillis) {
    return false;
  }
}
