package io.carillon.core.hub;

import io.carillon.core.engine.ChannelLog;
import io.carillon.core.engine.Slice;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.Position;
import io.carillon.core.runtime.Chance;
import io.carillon.core.runtime.Lane;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks after a node's feeds: reads for them, and compares each with its log once in a while, so
 * that a lost last message is found too. Thread-safe; the rounds are confined to the upkeep lane.
 *
 * <p>The work of a moment is bounded: a node with more channels takes longer for a round.
 */
final class FeedUpkeep {
  /** How often each channel is compared with its log. */
  static final Duration ROUND = Duration.ofSeconds(5);

  static final Duration TICK = Duration.ofMillis(250);

  /** In a tick. After a cut of the bus so many are compared; otherwise a round is spread evenly. */
  static final int CHECKS_MAX = 500;

  /** Reads under way at which checks wait for the log. */
  static final int READS_MAX = 256;

  static final Duration PAUSE = Duration.ofMillis(200);

  private final ChannelLog log;
  private final Lane lane;
  private final Chance chance;
  private final AtomicInteger reads = new AtomicInteger();
  private volatile boolean doubted;

  private Collection<ChannelFeed> feeds = Collections.emptyList();
  private Iterator<ChannelFeed> round = Collections.emptyIterator();
  private int checksATick;
  private int ticksLeft;

  FeedUpkeep(ChannelLog log, Lane lane, Chance chance) {
    this.log = log;
    this.lane = lane;
    this.chance = chance;
  }

  /** Begins with the rounds; called once. */
  void start(Collection<ChannelFeed> joined) {
    feeds = joined;
    scheduleTick();
  }

  /** Every feed may have missed something: each is compared as soon as the pace allows. */
  void doubt() {
    doubted = true;
  }

  /**
   * @param answer is told of the slice, on any thread; of null when the log could not be read
   */
  void read(ChannelId channel, Position after, int limit, Consumer<@Nullable Slice> answer) {
    reads.incrementAndGet();
    log.read(channel, after, limit)
        .whenComplete(
            (slice, failure) -> {
              reads.decrementAndGet();
              answer.accept(slice);
            });
  }

  /** Runs the task after a pause that doubles with the tries, 1 or more. */
  void later(int tries, Runnable task) {
    lane.schedule(task, jittered(PAUSE.multipliedBy(1L << (tries - 1))));
  }

  private void scheduleTick() {
    lane.schedule(this::tick, jittered(TICK));
  }

  private void tick() {
    scheduleTick();
    ticksLeft--;
    boolean isFast = checksATick == CHECKS_MAX && round.hasNext();
    if (doubted && !isFast) {
      doubted = false;
      begin(CHECKS_MAX);
    } else if (ticksLeft <= 0 && !round.hasNext()) {
      long ticks = ROUND.dividedBy(TICK);
      begin((int) Math.min(CHECKS_MAX, 1 + feeds.size() / ticks));
    }
    for (int i = 0; i < checksATick && round.hasNext() && reads.get() < READS_MAX; i++) {
      round.next().check();
    }
  }

  private void begin(int checks) {
    checksATick = checks;
    ticksLeft = (int) ROUND.dividedBy(TICK);
    round = feeds.iterator();
  }

  /** Three to five quarters of it, so that nodes do not ask in step. */
  private Duration jittered(Duration duration) {
    long quarter = duration.toNanos() / 4;
    return duration.plusNanos(Math.floorMod(chance.nextLong(), 2 * quarter) - quarter);
  }
}
