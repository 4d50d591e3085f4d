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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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

  /** Calls that are under way at once. */
  static final int CALLS_MAX = 32;

  /** Of one tenant, so that its servers that hang leave room for the others. */
  static final int CALLS_OF_TENANT_MAX = 8;

  /** Longer than a claim's calls may take; who has died with a claim loses it then. */
  static final Duration LEASE = Duration.ofSeconds(30);

  /** How long events wait whose endpoint a node does not know. */
  private static final Duration UNKNOWN_FOR = Duration.ofSeconds(1);

  /** How long a call may take. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** After this nothing new is begun with a claim, as the last call has to end within its lease. */
  private static final Duration BEGIN_WITHIN = Duration.ofSeconds(15);

  /** Of the events of a batch's data; one more event is in the next call. */
  private static final int BATCH_CHARS_MAX = 200_000;

  private final Parts parts;
  private final WebhookTiming timing;
  private final Executor executor;
  private final Semaphore room = new Semaphore(CALLS_MAX);
  private volatile boolean stopped;
  private final Map<WebhookId, AtomicInteger> underWay = new ConcurrentHashMap<>();

  /** By tenant; by application where it is not known. */
  private final Map<String, AtomicInteger> ofOwner = new ConcurrentHashMap<>();

  /** What deliveries are made with. */
  record Parts(
      WebhookOutbox outbox,
      WebhookCaller caller,
      WebhookDesk desk,
      Directory directory,
      Ticker ticker,
      Chance chance) {}

  /**
   * @param executor runs calls; each blocks for some seconds at most
   */
  Deliveries(Parts parts, WebhookTiming timing, Executor executor) {
    this.parts = parts;
    this.timing = timing;
    this.executor = executor;
  }

  /** Begins nothing any more, and waits for a while for what is under way. */
  void stop(Duration patience) {
    stopped = true;
    try {
      if (!room.tryAcquire(CALLS_MAX, patience.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.info("Calls of webhooks are cut off; they are made again when their leases are over");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Begins what is due, as far as there is room; answers whether there was anything. */
  boolean step() {
    int free = room.availablePermits();
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

  /** Endpoints that have enough under way, by themselves or as their tenant's. */
  private Set<WebhookId> busy() {
    Set<WebhookId> busy = new HashSet<>(underWay.keySet());
    if (ofOwner.values().stream().anyMatch(count -> count.get() >= CALLS_OF_TENANT_MAX)) {
      parts
          .desk()
          .interests()
          .endpoints()
          .filter(endpoint -> roomOf(endpoint) <= 0)
          .forEach(endpoint -> busy.add(endpoint.id()));
    }
    return busy;
  }

  private String owner(WebhookEndpoint endpoint) {
    App app = parts.directory().app(endpoint.app());
    return app == null ? endpoint.app().value() : app.tenant().toString();
  }

  private int roomOf(WebhookEndpoint endpoint) {
    AtomicInteger count = ofOwner.get(owner(endpoint));
    return CALLS_OF_TENANT_MAX - (count == null ? 0 : count.get());
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
      if (roomOf(endpoint) > 0) {
        start(endpoint, task);
      } else {
        parts.outbox().release(task, eventsOf(task), parts.ticker().epochMillis());
      }
    }
  }

  private void start(WebhookEndpoint endpoint, List<Claim> claims) {
    room.acquireUninterruptibly();
    String owner = owner(endpoint);
    counted(underWay, endpoint.id(), 1);
    counted(ofOwner, owner, 1);
    try {
      executor.execute(
          () -> {
            try {
              deliver(endpoint, claims);
            } catch (RuntimeException e) {
              LOG.warn(
                  "What was due for webhook {} waits for its lease: {}", endpoint.id(), e + "");
            } finally {
              ended(endpoint.id(), owner);
            }
          });
    } catch (RejectedExecutionException e) {
      ended(
          endpoint.id(),
          owner); // the process stops; another takes the claim when its lease is over
    }
  }

  private void ended(WebhookId id, String owner) {
    counted(underWay, id, -1);
    counted(ofOwner, owner, -1);
    room.release();
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

  private void deliver(WebhookEndpoint endpoint, List<Claim> claims) {
    long begun = parts.ticker().nanos();
    List<Waiting> left = eventsOf(claims);
    for (List<Waiting> call : calls(endpoint, left)) {
      if (parts.ticker().nanos() - begun > BEGIN_WITHIN.toNanos()) {
        break;
      }
      WebhookAttempt attempt = call(endpoint, call);
      if (!attempt.result().isAccepted()) {
        parts.outbox().failed(claims, call, attempt, delay(claims));
        return;
      }
      parts.outbox().delivered(claims, call, attempt);
      left.removeAll(call);
    }
    parts.outbox().release(claims, left, parts.ticker().epochMillis());
  }

  /** In the order of their numbers, in which they came. */
  private static List<Waiting> eventsOf(List<Claim> claims) {
    List<Waiting> events = new ArrayList<>();
    claims.forEach(claim -> events.addAll(claim.events()));
    events.sort(Comparator.comparingLong(Waiting::number));
    return events;
  }

  /** What goes in each call: one event, or as many as there are. */
  private static List<List<Waiting>> calls(WebhookEndpoint endpoint, List<Waiting> all) {
    if (!endpoint.settings().isBatched()) {
      return all.stream().map(List::of).toList();
    }
    List<List<Waiting>> calls = new ArrayList<>();
    List<Waiting> current = new ArrayList<>();
    int chars = 0;
    for (Waiting event : all) {
      String data = event.event().detail().data();
      int size = data == null ? 0 : data.length();
      if (!current.isEmpty() && chars + size > BATCH_CHARS_MAX) {
        calls.add(List.copyOf(current));
        current.clear();
        chars = 0;
      }
      current.add(event);
      chars += size;
    }
    if (!current.isEmpty()) {
      calls.add(List.copyOf(current));
    }
    return calls;
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
    return parts
        .caller()
        .call(WebhookBodies.request(endpoint, oldestKey(endpoint), telling), patience);
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
