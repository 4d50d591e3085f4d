package io.carillon.core.webhook;

import io.carillon.core.engine.Directory;
import io.carillon.core.engine.Movements;
import io.carillon.core.engine.Occupancy;
import io.carillon.core.engine.PresenceStore;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.ChannelName;
import io.carillon.core.runtime.Chance;
import io.carillon.core.runtime.Lane;
import io.carillon.core.runtime.Ticker;
import io.carillon.core.webhook.MovementRelay.Sources;
import io.carillon.core.webhook.WebhookBodies.Telling;
import io.carillon.core.webhook.WebhookBodies.Told;
import io.carillon.core.webhook.WebhookEvent.Detail;
import io.carillon.core.webhook.WebhookOutbox.Entry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a node does for webhooks beside the paths of messages: it knows the endpoints, brings what
 * happened into the outbox, and calls whom it is due. Any number of nodes do the same on one
 * database. The two lanes run what blocks, each its own part, so nothing here needs a lock.
 */
public final class Webhooks {
  private static final Logger LOG = LoggerFactory.getLogger(Webhooks.class);

  private static final Duration REFRESH = Duration.ofMillis(500);
  private static final Duration INTAKE = Duration.ofMillis(50);
  private static final Duration RELAY = Duration.ofMillis(200);
  private static final Duration DELIVERY = Duration.ofMillis(100);
  private static final Duration PROLONG = Deliveries.LEASE.dividedBy(4);
  private static final Duration BACKLOG = Duration.ofSeconds(15);
  private static final Duration FORGET = Duration.ofMinutes(1);
  private static final Duration FIRST_COMPARISON = Duration.ofSeconds(10);
  private static final Duration COMPARISON = Duration.ofMinutes(5);

  /** What was delivered, and the ledger, can be looked at and replayed for so long. */
  public static final Duration DELIVERED_KEPT = Duration.ofDays(7);

  /** What was given up can be looked at and replayed for so long. */
  public static final Duration DEAD_KEPT = Duration.ofDays(30);

  /** A person waits for it, and a request of the console is answered after four seconds. */
  private static final Duration TEST_PATIENCE = Duration.ofSeconds(3);

  /** Where all calls of this node are taken by others. */
  private static final WebhookAttempt.Result UNTRIED =
      new WebhookAttempt.Result((int) TEST_PATIENCE.toMillis(), 0, "no answer in time");

  /** Test calls that are under way at once. */
  public static final int TESTS_MAX = 4;

  /** What the executor runs at once. */
  public static final int THREADS = CallRoom.CALLS_MAX + TESTS_MAX;

  private static final int INTAKE_MAX = 500;
  private static final long FINISH_SECONDS_MAX = 3;
  private static final int FORGET_ROUNDS_MAX = 20;

  /** More events than these need not be told apart. */
  private static final int BACKLOG_MAX = 10_000;

  private final Stores stores;
  private final WebhookDesk desk;
  private final Ticker ticker;
  private final MovementRelay relay;
  private final CountRelay counts;
  private final Deliveries deliveries;
  private final Executor executor;
  private final Semaphore tests = new Semaphore(TESTS_MAX);
  private volatile @Nullable Lane intakeLane;
  private volatile @Nullable Lane deliveryLane;

  /** Whether the delivery lane is about to look at what is due. */
  private final AtomicBoolean looking = new AtomicBoolean();

  private List<Entry> unwritten = List.of();
  private long version = Long.MIN_VALUE;

  /** Where it is kept. */
  public record Stores(WebhookAdmin admin, WebhookOutbox outbox, MovementBook book) {}

  /** What it follows. */
  public record Followed(
      Directory directory, Movements movements, Occupancy occupancy, PresenceStore presence) {}

  /**
   * How it calls.
   *
   * @param executor runs calls; each blocks for some seconds
   */
  public record Calling(WebhookCaller caller, WebhookTiming timing, Executor executor) {}

  /** Where time and chance come from. */
  public record Surroundings(Ticker ticker, Chance chance) {}

  public Webhooks(
      Stores stores,
      Followed followed,
      WebhookDesk desk,
      Calling calling,
      Surroundings surroundings) {
    this.stores = stores;
    this.desk = desk;
    this.ticker = surroundings.ticker();
    this.executor = calling.executor();
    this.relay =
        new MovementRelay(
            new Sources(followed.movements(), followed.occupancy(), followed.presence()),
            stores.book(),
            desk,
            calling.timing().hold(),
            ticker);
    this.counts = new CountRelay(followed.movements(), desk);
    this.deliveries =
        new Deliveries(
            new Deliveries.Parts(
                stores.outbox(),
                calling.caller(),
                desk,
                followed.directory(),
                ticker,
                surroundings.chance()),
            calling.timing(),
            new Deliveries.Running(calling.executor(), this::goOn));
    followed.movements().follow(app -> desk.interests().wantsMovements(app));
  }

  /**
   * Goes on until the lanes end.
   *
   * @param intake brings what happens into the outbox
   * @param delivery takes it out
   */
  public void runOn(Lane intake, Lane delivery) {
    this.intakeLane = intake;
    this.deliveryLane = delivery;
    repeat(intake, REFRESH, this::refresh);
    repeat(intake, INTAKE, this::takeIn);
    repeat(intake, RELAY, relay::step);
    repeat(intake, RELAY, counts::step);
    intake.schedule(() -> repeat(intake, COMPARISON, relay::compare), FIRST_COMPARISON);
    repeat(delivery, DELIVERY, this::deliver);
    repeat(delivery, PROLONG, deliveries::prolong);
    repeat(delivery, FORGET, this::forget);
    repeat(delivery, BACKLOG, this::lookAtBacklog);
  }

  /**
   * Ends what is under way and writes what has been told so far, before the lanes end. Blocks for
   * some seconds at most.
   */
  public void finish() {
    deliveries.stop(Duration.ofSeconds(FINISH_SECONDS_MAX));
    Lane lane = intakeLane;
    if (lane != null) {
      CompletableFuture.runAsync(this::takeIn, lane)
          .completeOnTimeout(null, FINISH_SECONDS_MAX, TimeUnit.SECONDS)
          .exceptionally(
              failure -> {
                LOG.warn("What was told last may be lost: {}", failure.toString());
                return null;
              })
          .join();
    }
  }

  private static void repeat(Lane lane, Duration interval, Runnable step) {
    lane.execute(new Repeated(lane, interval, step));
  }

  /** A step that is done again and again; that it fails is said once. Confined to its lane. */
  private static final class Repeated implements Runnable {
    private final Lane lane;
    private final Duration interval;
    private final Runnable step;
    private boolean failing;

    Repeated(Lane lane, Duration interval, Runnable step) {
      this.lane = lane;
      this.interval = interval;
      this.step = step;
    }

    @Override
    public void run() {
      try {
        step.run();
        failing = false;
      } catch (RuntimeException e) {
        if (!failing) {
          LOG.warn("Webhooks wait until what failed succeeds: {}", e.toString());
        }
        failing = true;
      }
      try {
        lane.schedule(this, interval);
      } catch (RejectedExecutionException e) {
        LOG.debug("the lane has ended", e);
      }
    }
  }

  /** Learns what was changed on any node. */
  private void refresh() {
    long current = stores.admin().version();
    if (current != version) {
      desk.setInterests(new Interests(stores.admin().all()));
      version = current;
    }
  }

  /** Writes what the paths of messages have told; what could not be written is tried again. */
  private void takeIn() {
    long dropped = desk.takeDropped();
    if (dropped > 0) {
      LOG.warn("{} events for webhooks were dropped, as more came than could be written", dropped);
    }
    do {
      if (unwritten.isEmpty()) {
        unwritten = desk.take(INTAKE_MAX);
      }
      if (!unwritten.isEmpty()) {
        stores.outbox().add(unwritten);
      }
      unwritten = List.of();
    } while (desk.hasWaiting());
  }

  private void deliver() {
    if (!desk.interests().isEmpty() && deliveries.step()) {
      goOn();
    }
  }

  /** Looks for what is due as soon as the lane has done what waits there. */
  private void goOn() {
    Lane lane = deliveryLane;
    if (lane == null || !looking.compareAndSet(false, true)) {
      return;
    }
    try {
      lane.execute(
          () -> {
            looking.set(false);
            try {
              deliver();
            } catch (RuntimeException e) {
              LOG.debug("What is due is looked for again in a moment", e);
            }
          });
    } catch (RejectedExecutionException e) {
      LOG.debug("the lane has ended", e);
    }
  }

  /** For whoever watches; where nobody has webhooks nothing waits. */
  private void lookAtBacklog() {
    desk.counters()
        .setBacklog(
            desk.interests().isEmpty()
                ? WebhookOutbox.Backlog.NONE
                : stores.outbox().backlog(BACKLOG_MAX));
  }

  private void forget() {
    long now = ticker.epochMillis();
    int rounds = 0;
    while (rounds < FORGET_ROUNDS_MAX
        && stores.outbox().forget(now - DELIVERED_KEPT.toMillis(), now - DEAD_KEPT.toMillis())) {
      rounds++;
    }
  }

  /** Blocks nobody else: what hangs is not waited for by more than a few. */
  private WebhookAttempt.Result tested(WebhookEndpoint endpoint, Telling telling) {
    if (!tests.tryAcquire()) {
      return new WebhookAttempt.Result(0, 0, "too many tests at this moment");
    }
    return CompletableFuture.supplyAsync(
            () -> {
              try {
                return deliveries.call(endpoint, telling, TEST_PATIENCE);
              } finally {
                tests.release();
              }
            },
            executor)
        .completeOnTimeout(UNTRIED, TEST_PATIENCE.toMillis() + 200, TimeUnit.MILLISECONDS)
        .join();
  }

  /** Calls an endpoint now with an event that says nothing, and writes it down. Blocks. */
  public WebhookAttempt test(WebhookEndpoint endpoint) {
    long now = ticker.epochMillis();
    WebhookEvent event =
        new WebhookEvent(
            desk.newId(),
            WebhookType.TEST,
            ChannelId.of(endpoint.app(), ChannelName.of("test")),
            now,
            Detail.NONE);
    Telling telling = new Telling(event.id(), now, List.of(new Told(0, event)));
    WebhookAttempt.Result result = tested(endpoint, telling);
    WebhookAttempt attempt = new WebhookAttempt(endpoint.id(), event.id(), now, 0, result);
    stores.outbox().note(attempt);
    return attempt;
  }
}
