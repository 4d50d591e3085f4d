package io.carillon.core.engine.local;

import io.carillon.core.engine.Changes;
import io.carillon.core.engine.Head;
import io.carillon.core.engine.Retention;
import io.carillon.core.engine.Slice;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.Message;
import io.carillon.core.model.Position;
import io.carillon.core.model.Publication;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One channel's part of the log in memory: guarded by its shard. */
final class ChannelState {
  /** How many ids are remembered; beyond it the oldest go before their time. */
  private static final int IDS_MAX = 10_000;

  private final long epoch;
  private long offset;
  private boolean joined;
  private @Nullable Long positionKeptUntil;
  private @Nullable Kept latest;

  /** Oldest first. */
  private final ArrayDeque<Kept> window = new ArrayDeque<>(4);

  private final Carried carried = new Carried();
  private long bytes;
  private @Nullable Map<String, Position> ids;
  private @Nullable ArrayDeque<SeenId> idsInOrder;

  ChannelState(long epoch) {
    this.epoch = epoch;
  }

  /** Nobody joins it any more; what it was stays known for a while, for those who come back. */
  void leave(long now) {
    joined = false;
    positionKeptUntil = now + Retention.POSITION_AGE.toNanos();
  }

  long epoch() {
    return epoch;
  }

  Position top() {
    return new Position(epoch, offset);
  }

  boolean isJoined() {
    return joined;
  }

  void join() {
    joined = true;
    positionKeptUntil = null;
  }

  /** Bytes of payload in the hot window, and of messages from before that it is about. */
  long bytes() {
    return bytes + carried.bytes();
  }

  Changes changes() {
    Position top = new Position(epoch, offset);
    if (carried.isEmpty()) {
      return Changes.none(
          top, window.isEmpty() ? top : new Position(epoch, offset - window.size()));
    }
    return Changes.of(top, carried.messages(), publications());
  }

  Optional<Publication> find(String id) {
    return Changes.find(id, carried.messages(), publications());
  }

  private List<Publication> publications() {
    return window.stream().map(Kept::publication).toList();
  }

  /** Where the first known of these ids stands, or null when none is known. */
  @Nullable Position positionOf(List<String> wanted, long now) {
    forgetIds(now);
    if (ids != null) {
      for (String id : wanted) {
        Position known = ids.get(id);
        if (known != null) {
          return known;
        }
      }
    }
    return null;
  }

  Publication add(
      ChannelId channel, Message message, Retention retention, long now, long epochMillis) {
    Position position = new Position(epoch, ++offset);
    Publication publication = new Publication(channel, position, message, epochMillis);
    message.ids().forEach(id -> remember(id, position, now));
    if (retention.latest()) {
      latest = new Kept(publication, now + Retention.LATEST_AGE.toNanos());
    }
    if (retention.messages() == 0) {
      // what is readable has no hole
      dropWindow();
    } else {
      keep(new Kept(publication, now + retention.age().toNanos()), retention.messages(), now);
    }
    return publication;
  }

  private void keep(Kept kept, int messagesMax, long now) {
    window.addLast(kept);
    carried.added(kept.publication());
    bytes += kept.size();
    while (window.size() > messagesMax) {
      dropOldest();
    }
    expireWindow(now);
  }

  private void remember(String id, Position position, long now) {
    if (ids == null || idsInOrder == null) {
      ids = new HashMap<>();
      idsInOrder = new ArrayDeque<>();
    }
    if (ids.size() >= IDS_MAX) {
      ids.remove(idsInOrder.removeFirst().id());
    }
    ids.put(id, position);
    idsInOrder.addLast(new SeenId(id, now + Retention.DEDUPE_WINDOW.toNanos()));
  }

  Head head(long now) {
    Kept kept = latest;
    if (kept != null && kept.isExpired(now)) {
      latest = null;
      kept = null;
    }
    return new Head(
        new Position(epoch, offset),
        kept == null
            ? null
            : new Head.Latest(kept.publication(), Duration.ofNanos(kept.expiresAt() - now)));
  }

  Slice read(Position after, int limit) {
    Position top = new Position(epoch, offset);
    Position beforeFirst =
        window.isEmpty()
            ? top
            : new Position(epoch, window.getFirst().publication().position().offset() - 1);
    boolean complete =
        after.epoch() == epoch && after.offset() <= offset && !beforeFirst.isAfter(after);
    List<Publication> publications = new ArrayList<>(Math.min(limit, window.size()));
    Iterator<Kept> all = window.iterator();
    while (all.hasNext() && publications.size() < limit) {
      Publication publication = all.next().publication();
      if (publication.position().isAfter(after)) {
        publications.add(publication);
      }
    }
    return new Slice(top, complete, publications);
  }

  void expire(long now) {
    expireWindow(now);
    forgetIds(now);
    if (latest != null && latest.isExpired(now)) {
      latest = null;
    }
  }

  void dropWindow() {
    window.clear();
    carried.clear();
    bytes = 0;
  }

  /** Whether nothing would be lost by forgetting the channel, once it has expired what it may. */
  boolean isForgettable(long now) {
    return !joined
        && (positionKeptUntil == null || positionKeptUntil - now <= 0)
        && window.isEmpty()
        && latest == null
        && (ids == null || ids.isEmpty());
  }

  private void expireWindow(long now) {
    while (!window.isEmpty() && window.getFirst().isExpired(now)) {
      dropOldest();
    }
  }

  private void dropOldest() {
    Kept oldest = window.removeFirst();
    bytes -= oldest.size();
    carried.dropped(oldest.publication());
  }

  private void forgetIds(long now) {
    if (ids == null || idsInOrder == null) {
      return;
    }
    while (!idsInOrder.isEmpty() && idsInOrder.getFirst().expiresAt() - now <= 0) {
      ids.remove(idsInOrder.removeFirst().id());
    }
  }

  private record SeenId(String id, long expiresAt) {}

  private record Kept(Publication publication, long expiresAt) {
    /** What a publication costs beside its payload, roughly. */
    private static final int OVERHEAD_BYTES = 200;

    boolean isExpired(long now) {
      return expiresAt - now <= 0;
    }

    int size() {
      return publication.message().size() + OVERHEAD_BYTES;
    }
  }
}
