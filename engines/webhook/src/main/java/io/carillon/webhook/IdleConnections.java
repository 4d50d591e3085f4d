package io.carillon.webhook;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Connections that wait for the next call of the same server, a few of each and not for long.
 * Guarded by itself.
 */
final class IdleConnections {
  /** Of one server. */
  private static final int KEPT_OF_PLACE = 8;

  /** Of all. */
  private static final int KEPT_MAX = 256;

  /** Shorter than servers commonly wait before they close what is idle. */
  static final Duration IDLE_MAX = Duration.ofSeconds(4);

  private final Map<Place, Deque<Idle>> places = new HashMap<>();
  private int kept;
  private boolean closed;

  /** What a connection was made for. */
  record Place(String scheme, String host, int port) {}

  private record Idle(Connection connection, long sinceNanos) {
    boolean isOver(long now) {
      return now - sinceNanos > IDLE_MAX.toNanos();
    }
  }

  /**
   * The one that was used last, or null.
   *
   * @param addresses that the server has now, and that may be called
   */
  @Nullable Connection take(Place place, Collection<InetAddress> addresses) {
    List<Connection> unusable = new ArrayList<>();
    Connection found = take(place, addresses, unusable);
    unusable.forEach(Connection::close);
    return found;
  }

  private synchronized @Nullable Connection take(
      Place place, Collection<InetAddress> addresses, List<Connection> unusable) {
    Deque<Idle> idle = places.getOrDefault(place, new ArrayDeque<>());
    Connection found = null;
    long now = System.nanoTime();
    while (found == null && !idle.isEmpty()) {
      Idle last = idle.removeLast();
      kept--;
      if (!last.isOver(now) && addresses.contains(last.connection().address())) {
        found = last.connection();
      } else {
        unusable.add(last.connection());
      }
    }
    if (idle.isEmpty()) {
      places.remove(place);
    }
    return found;
  }

  /** Keeps it for the next call, or closes it where there is no room. */
  void keep(Place place, Connection connection) {
    if (!kept(place, connection)) {
      connection.close();
    }
  }

  private synchronized boolean kept(Place place, Connection connection) {
    if (closed || kept == KEPT_MAX) {
      return false;
    }
    Deque<Idle> idle = places.computeIfAbsent(place, same -> new ArrayDeque<>());
    if (idle.size() == KEPT_OF_PLACE) {
      return false;
    }
    idle.addLast(new Idle(connection, System.nanoTime()));
    kept++;
    return true;
  }

  /** Closes what has waited for too long; to be called now and then. */
  void sweep() {
    over(System.nanoTime()).forEach(Connection::close);
  }

  private synchronized List<Connection> over(long now) {
    List<Connection> over = new ArrayList<>();
    for (Iterator<Deque<Idle>> all = places.values().iterator(); all.hasNext(); ) {
      Deque<Idle> idle = all.next();
      while (!idle.isEmpty() && (closed || idle.getFirst().isOver(now))) {
        over.add(idle.removeFirst().connection());
        kept--;
      }
      if (idle.isEmpty()) {
        all.remove();
      }
    }
    return over;
  }

  /** Closes all, and what comes from now on. */
  void close() {
    synchronized (this) {
      closed = true;
    }
    sweep();
  }
}
