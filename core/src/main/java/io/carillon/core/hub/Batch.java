package io.carillon.core.hub;

import io.carillon.core.model.Position;
import io.carillon.core.trace.Tally;
import io.carillon.core.trace.TraceLog;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Deliveries of one channel that go out together, with what tells whether all are for everyone. */
final class Batch {
  private final List<Delivery> deliveries;
  private final boolean excludesSomeone;
  private final boolean hasUsers;
  private final @Nullable Position firstPosition;
  private final long firstPresenceVersion;
  private final int publications;

  /** One for each delivery, null for what is not traced; null when nothing is. */
  private final @Nullable Tally @Nullable [] tallies;

  Batch(List<Delivery> deliveries) {
    this.deliveries = deliveries;
    boolean excludes = false;
    boolean users = false;
    boolean traced = false;
    int published = 0;
    Position position = null;
    long version = Long.MAX_VALUE;
    for (Delivery delivery : deliveries) {
      if (delivery instanceof Delivery.Published(var publication)) {
        published++;
        excludes |= publication.message().origin().excluded() != null;
        traced |= publication.message().isTraced();
        position = position == null ? publication.position() : position;
      } else if (delivery instanceof Delivery.Skipped(var channel, var upTo)) {
        position = position == null ? upTo : position;
      } else if (delivery instanceof Delivery.PresenceChanged(var change)) {
        excludes |= !change.kind().isOfUser();
        users = true;
        version = Math.min(version, change.version());
      } else if (!(delivery instanceof Delivery.Counted)) {
        excludes = true;
      }
    }
    this.excludesSomeone = excludes;
    this.hasUsers = users;
    this.firstPosition = position;
    this.publications = published;
    this.tallies = traced ? talliesOf(deliveries) : null;
    this.firstPresenceVersion = version;
  }

  private static @Nullable Tally[] talliesOf(List<Delivery> deliveries) {
    @Nullable Tally[] tallies = new @Nullable Tally[deliveries.size()];
    for (int i = 0; i < tallies.length; i++) {
      if (deliveries.get(i) instanceof Delivery.Published(var publication)
          && publication.message().isTraced()) {
        tallies[i] = new Tally(publication);
      }
    }
    return tallies;
  }

  /** Whether it is noted of something in it what becomes of it. */
  boolean isTraced() {
    return tallies != null;
  }

  /** The tally of the delivery, or null when it is not traced. */
  @Nullable Tally tally(int index) {
    return tallies == null ? null : tallies[index];
  }

  /** What became of what is traced. */
  void report(TraceLog traces) {
    for (int i = 0; i < size(); i++) {
      Tally tally = tally(i);
      if (tally != null) {
        traces.handed(tally);
      }
    }
  }

  List<Delivery> deliveries() {
    return deliveries;
  }

  int size() {
    return deliveries.size();
  }

  /** How many publications are in it. */
  int publications() {
    return publications;
  }

  /** How many publications are between these. */
  int publications(int from, int to) {
    int count = 0;
    for (int i = from; i < to; i++) {
      count += deliveries.get(i) instanceof Delivery.Published ? 1 : 0;
    }
    return count;
  }

  Delivery get(int index) {
    return deliveries.get(index);
  }

  /** The oldest position in it, or null when nothing in it has one. */
  @Nullable Position firstPosition() {
    return firstPosition;
  }

  /**
   * Whether whoever is told of presence like this wants all of it, if the positions are new too;
   * false may still mean yes.
   */
  boolean isForEveryone(PresenceView view, long presenceVersion) {
    return !excludesSomeone
        && (!hasUsers || view == PresenceView.USERS)
        && firstPresenceVersion > presenceVersion;
  }
}
