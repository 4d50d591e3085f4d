package io.carillon.standalone.guard;

import io.netty.channel.Channel;
import io.netty.util.concurrent.FastThreadLocal;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP connections of one event loop that owe a request: new ones, and those that were
 * answered. When there are too many, the one that waits for the longest time goes, so that somebody
 * who opens connections without end takes the places of his own. Confined to the event loop.
 */
final class IdleConnections {
  /** Of one event loop. A client that means it sends its request within milliseconds. */
  static final int CONNECTIONS_MAX = 4_096;

  private static final FastThreadLocal<IdleConnections> LOOP =
      new FastThreadLocal<>() {
        @Override
        protected IdleConnections initialValue() {
          return new IdleConnections(CONNECTIONS_MAX);
        }
      };

  private final int most;
  private @Nullable Place eldest;
  private @Nullable Place newest;
  private int size;

  IdleConnections(int most) {
    this.most = most;
  }

  /** Those of the event loop that asks. */
  static IdleConnections ofThisLoop() {
    return LOOP.get();
  }

  /** A connection's place in the queue. Confined to the event loop. */
  static final class Place {
    private final Channel channel;
    private @Nullable Place elder;
    private @Nullable Place younger;

    private Place(Channel channel) {
      this.channel = channel;
    }
  }

  /** Takes one in, and closes the eldest if that is one too many; its guard removes its place. */
  Place add(Channel channel) {
    Place place = new Place(channel);
    place.elder = newest;
    if (newest == null) {
      eldest = place;
    } else {
      newest.younger = place;
    }
    newest = place;
    size++;
    if (size > most && eldest != null) {
      Place goes = eldest;
      goes.channel.close();
    }
    return place;
  }

  /** Forgets a place; each is removed once. */
  void remove(Place place) {
    if (place.elder == null) {
      eldest = place.younger;
    } else {
      place.elder.younger = place.younger;
    }
    if (place.younger == null) {
      newest = place.elder;
    } else {
      place.younger.elder = place.elder;
    }
    size--;
  }

  int size() {
    return size;
  }
}
