package io.carillon.core.webhook;

import io.carillon.core.engine.Movement;
import io.carillon.core.model.AppId;
import io.carillon.core.webhook.WebhookOutbox.Entry;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Who is there as far as endpoints were told. One node at a time works on an application, and what
 * it changes becomes visible together with the entries that it adds to the outbox, so each coming
 * and going is told once whichever node dies when. Calls block. Thread-safe.
 */
public interface MovementBook {
  /**
   * Works on an application, unless another node does, or no endpoint asks for movements any more:
   * its book is forgotten then, as nobody writes it.
   *
   * @return whether the work was done
   */
  boolean work(AppId app, Work work);

  /** Applications of which something has to be told that ended before. */
  List<AppId> due(long endedBeforeMillis);

  /** What is done with an application; called once, and its result kept as a whole. */
  interface Work {
    Result apply(Pages pages);
  }

  /** What the book says while the work is done. */
  interface Pages {
    /** Movements up to this id are in the book; 0 for an application that was not followed. */
    long readTo();

    /** The presences that these movements are about, as far as they are in the book. */
    Map<Place, Presence> of(Collection<Place> places);

    /** Those that ended before, the earliest first. */
    Map<Place, Presence> ended(long beforeMillis, int limit);

    /** Those behind a place in its order, which have not ended. */
    List<Place> present(Place after, int limit);
  }

  /**
   * What is somewhere.
   *
   * @param userId empty for the channel itself
   */
  record Place(String channel, String userId) implements Comparable<Place> {
    public static final Place FIRST = new Place("", "");

    public static Place of(Movement movement) {
      return new Place(movement.channel().name().value(), movement.userId());
    }

    @Override
    public int compareTo(Place other) {
      int byChannel = channel.compareTo(other.channel);
      return byChannel != 0 ? byChannel : userId.compareTo(other.userId);
    }
  }

  /**
   * That something is there.
   *
   * @param since the id of the movement that began it
   * @param endedAtMillis when it ended, unless it comes back soon; 0 as long as it has not
   */
  record Presence(long since, long endedAtMillis) {
    public boolean hasEnded() {
      return endedAtMillis != 0;
    }

    public Presence endedAt(long millis) {
      return new Presence(since, millis);
    }
  }

  /**
   * What the book says from now on.
   *
   * @param readTo movements up to this id are in it
   * @param put presences as they are now
   * @param removed what is not there any more
   * @param entries what is to be told of it
   */
  record Result(long readTo, Map<Place, Presence> put, List<Place> removed, List<Entry> entries) {
    public Result {
      put = Map.copyOf(put);
      removed = List.copyOf(removed);
      entries = List.copyOf(entries);
    }
  }
}
