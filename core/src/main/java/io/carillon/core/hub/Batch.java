package io.carillon.core.hub;

import io.carillon.core.model.Position;
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

  Batch(List<Delivery> deliveries) {
    this.deliveries = deliveries;
    boolean excludes = false;
    boolean users = false;
    int published = 0;
    Position position = null;
    long version = Long.MAX_VALUE;
    for (Delivery delivery : deliveries) {
      if (delivery instanceof Delivery.Published(var publication)) {
        published++;
        excludes |= publication.message().origin().excluded() != null;
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
    this.firstPresenceVersion = version;
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
