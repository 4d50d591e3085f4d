package io.carillon.core.hub;

import io.carillon.core.engine.PresenceChange;
import io.carillon.core.runtime.Lane;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Joins the changes of one channel's presence for those of its subscribers on one lane that are
 * told of them joined: the first at once, then what has come since at most every {@link
 * #DELTA_INTERVAL}; counts every {@link #COUNT_INTERVAL}. Confined to the lane.
 */
final class PresenceFeed {
  static final Duration DELTA_INTERVAL = Duration.ofMillis(100);
  static final Duration COUNT_INTERVAL = Duration.ofSeconds(1);

  /** A delta that has grown to this does not wait any longer. */
  static final int DELTA_ENTRIES_MAX = 500;

  private final Lane lane;

  /** Has {@link #release} called soon. */
  private final Runnable due;

  private @Nullable PresenceWindow window;
  private Delivery.@Nullable PresenceCounted count;
  private boolean deltaRests;
  private boolean countRests;
  private long seen;

  PresenceFeed(Lane lane, Runnable due) {
    this.lane = lane;
    this.due = due;
  }

  /** Takes a change; {@code out} gets what must not wait. */
  void add(PresenceChange change, List<Delivery> out) {
    if (change.version() <= seen) {
      return;
    }
    seen = change.version();
    if (window == null) {
      window = new PresenceWindow(change);
    } else {
      window.add(change);
    }
    count = new Delivery.PresenceCounted(change.channel(), change.version(), change.present());
    if (window.size() >= DELTA_ENTRIES_MAX) {
      out.add(window.toDelta());
      window = null;
    }
  }

  /** Gives what may go out now. */
  void release(List<Delivery> out) {
    if (window != null && !deltaRests) {
      out.add(window.toDelta());
      window = null;
      deltaRests = true;
      lane.schedule(this::deltaRested, DELTA_INTERVAL);
    }
    if (count != null && !countRests) {
      out.add(count);
      count = null;
      countRests = true;
      lane.schedule(this::countRested, COUNT_INTERVAL);
    }
  }

  private void deltaRested() {
    deltaRests = false;
    if (window != null) {
      due.run();
    }
  }

  private void countRested() {
    countRests = false;
    if (count != null) {
      due.run();
    }
  }
}
