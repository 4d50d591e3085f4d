package io.carillon.core.webhook;

import io.carillon.core.engine.Directory;
import io.carillon.core.model.ApiKey;
import io.carillon.core.model.App;
import io.carillon.core.runtime.Chance;
import io.carillon.core.runtime.Ticker;
import io.carillon.core.webhook.WebhookBodies.Telling;
import io.carillon.core.webhook.WebhookBodies.Told;
import io.carillon.core.webhook.WebhookOutbox.Claim;
import io.carillon.core.webhook.WebhookOutbox.Delay;
import io.carillon.core.webhook.WebhookOutbox.Waiting;
import io.carillon.core.webhook.WebhookOutbox.Wish;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what is due from the outbox and calls the endpoints, several at a time and of each no more
 * than a few, so that one that hangs holds up nobody else. {@link #step} is called by one thread;
 * the rest is thread-safe.
 */
final class Deliveries {
  private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

  /**
   * Who has died with a claim loses it after this. It is short so that others go on soon, and
   * prolonged as long as a call goes on.
   */
  static final Duration LEASE = Duration.ofSeconds(8);

  /** How long events wait whose endpoint a node does not know. */
  private static final Duration UNKNOWN_FOR = Duration.ofSeconds(1);

  /** How long a call may take. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** After this nothing new is begun with a claim, so that other channels have their turn. */
  private static final Duration BEGIN_WITHIN = Duration.ofSeconds(15);

  private final Parts parts;
  private final WebhookTiming timing;
  private final Executor executor;
  private final CallRoom room = new CallRoom();
  private final Runnable onRoom;

  /** What is under way, to be prolonged. */
  private final Set<List<Claim>> held = ConcurrentHashMap.newKeySet();

  private volatile boolean stopped;

  /** What deliveries are made with. */
  record Parts(
      WebhookOutbox outbox,
      WebhookCaller caller,
      WebhookDesk desk,
      Directory directory,
      Ticker ticker,
      Chance chance) {}

  /** How calls are made, and what is called when one has ended and there may be more to do. */
  record Running(Executor executor, Runnable onRoom) {}

  /**
   * @param running its executor runs calls; each blocks for some seconds at most
   */
  Deliveries(Parts parts, WebhookTiming timing, Running running) {
    this.parts = parts;
    this.timing = timing;
    this.executor = running.executor();
    this.onRoom = running.onRoom();
  }

  /** Begins nothing any more, and waits for a while for what is under way. */
  void stop(Duration patience) {
    stopped = true;
    if (!room.closeWithin(patience)) {
      LOG.info("Calls of webhooks are cut off; they are made again when their leases are over");
    }
  }

  /** Begins what is due, as far as there is room; answers whether there was anything. */
  boolean step() {
    int free = room.free();
    if (free == 0 || stopped) {
      return false;
    }
    List<Claim> claims =
        parts.outbox().claim(new Wish(parts.ticker().epochMillis(), LEASE, free, busy()));
    Map<WebhookId, List<Claim>> byEndpoint = new LinkedHashMap<>();
    claims.forEach(
        claim -> byEndpoint.computeIfAbsent(claim.endpoint(), id -> new ArrayList<>()).add(claim));
    byEndpoint.forEach(this::begin);
    return !claims.isEmpty();
  }

  /** What is under way stays with this node; to be called several times within a lease. */
  void prolong() {
    List<Claim> claims = held.stream().flatMap(List::stream).toList();
    if (!claims.isEmpty()) {
      parts.outbox().prolong(claims, parts.ticker().epochMillis() + LEASE.toMillis());
    }
  }

  /**
   * What endpoints have under way. One whose calls carry many events has one call at a time, and
   * one of a tenant that has enough has as much as it may.
   */
  private Map<WebhookId, Integer> busy() {
    Map<WebhookId, Integer> busy = room.underWay();
    boolean full = room.isAnyoneFull();
    parts
        .desk()
        .interests()
        .endpoints()
        .filter(
            it ->
                (it.settings().isBatched() && busy.containsKey(it.id()))
                    || (full && room.freeOf(owner(it)) <= 0))
        .forEach(it -> busy.put(it.id(), Wish.FULL));
    return busy;
  }

  /** The tenant; the application where that is not known. */
  private String owner(WebhookEndpoint endpoint) {
    App app = parts.directory().app(endpoint.app());
    return app == null ? endpoint.app().value() : app.tenant().toString();
  }

  private void begin(WebhookId id, List<Claim> claims) {
    WebhookEndpoint endpoint = parts.desk().interests().endpoint(id);
    if (endpoint == null) {
      // it was deleted, or this node has not heard of it yet
      long later = parts.ticker().epochMillis() + UNKNOWN_FOR.toMillis();
      parts.outbox().release(claims, eventsOf(claims), later);
      return;
    }
    List<List<Claim>> tasks =
        endpoint.settings().isBatched() ? List.of(claims) : claims.stream().map(List::of).toList();
    for (List<Claim> task : tasks) {
      if (room.freeOf(owner(endpoint)) > 0) {
        start(endpoint, task);
      } else {
        parts.outbox().release(task, eventsOf(task), parts.ticker().epochMillis());
      }
    }
  }

  private void start(WebhookEndpoint endpoint, List<Claim> claims) {
    String owner = owner(endpoint);
    room.enter(endpoint.id(), owner);
    held.add(claims);
    try {
      executor.execute(
          () -> {
            try {
              deliver(endpoint, claims);
            } catch (RuntimeException e) {
              LOG.warn(
                  "What was due for webhook {} waits for its lease: {}", endpoint.id(), e + "");
            } finally {
              ended(endpoint.id(), owner, claims);
            }
          });
    } catch (RejectedExecutionException e) {
      // the process stops; another takes the claim when its lease is over
      ended(endpoint.id(), owner, claims);
    }
  }

  private void ended(WebhookId id, String owner, List<Claim> claims) {
    held.remove(claims);
    room.leave(id, owner);
    onRoom.run();
  }

  private void deliver(WebhookEndpoint endpoint, List<Claim> claims) {
    long begun = parts.ticker().nanos();
    List<Waiting> left = eventsOf(claims);
    for (List<Waiting> call : Batches.of(endpoint, left)) {
      if (parts.ticker().nanos() - begun > BEGIN_WITHIN.toNanos()) {
        parts.outbox().release(claims, left, parts.ticker().epochMillis());
        return;
      }
      WebhookAttempt attempt = call(endpoint, call);
      if (!attempt.result().isAccepted()) {
        parts.outbox().failed(claims, call, attempt, delay(claims));
        return;
      }
      left.removeAll(call);
      if (left.isEmpty()) {
        parts.outbox().finished(claims, call, attempt, parts.ticker().epochMillis());
      } else {
        parts.outbox().delivered(claims, call, attempt);
      }
    }
  }

  /** In the order of their numbers, in which they came. */
  private static List<Waiting> eventsOf(List<Claim> claims) {
    List<Waiting> events = new ArrayList<>();
    claims.forEach(claim -> events.addAll(claim.events()));
    events.sort(Comparator.comparingLong(Waiting::number));
    return events;
  }

  /** A call of one event has its id, so that a retry has the same; a batch has one of its own. */
  private WebhookAttempt call(WebhookEndpoint endpoint, List<Waiting> events) {
    Waiting first = events.getFirst();
    String id = events.size() == 1 ? first.event().id() : parts.desk().newId();
    List<Told> told =
        events.stream().map(event -> new Told(event.sequence(), event.event())).toList();
    Telling telling = new Telling(id, parts.ticker().epochMillis(), told);
    return new WebhookAttempt(
        endpoint.id(), id, telling.nowMillis(), first.attempt(), call(endpoint, telling, PATIENCE));
  }

  /** Calls now, whatever waits. */
  WebhookAttempt.Result call(WebhookEndpoint endpoint, Telling telling, Duration patience) {
    WebhookAttempt.Result result =
        parts
            .caller()
            .call(WebhookBodies.request(endpoint, oldestKey(endpoint), telling), patience);
    parts.desk().counters().called(result);
    return result;
  }

  private @Nullable ApiKey oldestKey(WebhookEndpoint endpoint) {
    App app = parts.directory().app(endpoint.app());
    return app == null || app.keys().isEmpty() ? null : app.keys().getFirst();
  }

  /**
   * As long as the endpoint is left alone, its trials have the breaker's pace: a channel's own wait
   * has grown meanwhile, and would outlast the outage.
   */
  private Delay delay(List<Claim> claims) {
    int failures = claims.stream().mapToInt(Claim::failures).max().orElse(0) + 1;
    int ofEndpoint = claims.getFirst().endpointFailures() + 1;
    long now = parts.ticker().epochMillis();
    long giveUpBefore = now - timing.giveUp().toMillis();
    long pause = timing.breaker().afterFailure(ofEndpoint, parts.chance()).toMillis();
    return pause == 0
        ? new Delay(
            now + timing.retry().after(failures, parts.chance()).toMillis(), 0, giveUpBefore)
        : new Delay(now + pause, now + pause, giveUpBefore);
  }
}
