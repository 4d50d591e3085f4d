package io.carillon.edge.carrier.follow;

import io.carillon.core.error.ErrorCode.Retry;
import io.carillon.core.error.Problem;
import io.carillon.core.hub.Delivery;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.Position;
import io.carillon.core.session.SubscribeOutcome.Subscribed;
import io.carillon.edge.carrier.JoinedFrame;
import io.carillon.edge.protocol.carillon.Cursor;
import io.carillon.edge.protocol.carillon.Wishes.Wish;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How far a client has been brought on each of its channels: the rule that clients follow (3.4), in
 * place of one that cannot ask again. Confined to the session's lane.
 */
public final class Track {
  private final Map<ChannelName, Position> positions = new LinkedHashMap<>();

  /** Channels with a hole: nothing of them is passed on until it is filled. */
  private final Set<ChannelName> behind = new HashSet<>();

  private boolean changed;

  /** Begins where the client is. */
  public Track(Collection<Wish> wishes) {
    for (Wish wish : wishes) {
      Position since = wish.since();
      positions.put(wish.channel(), since == null ? Cursor.NOWHERE : since);
    }
  }

  /**
   * The channel was subscribed to.
   *
   * @return whether there is more to be asked for behind what the client is given
   */
  public boolean subscribed(Subscribed outcome) {
    Position end = outcome.catchup().end();
    positions.put(outcome.channel(), end);
    behind.remove(outcome.channel());
    changed = true;
    boolean more = outcome.catchup().isCutShortOf(outcome.head().top());
    if (more) {
      behind.add(outcome.channel());
    }
    return more;
  }

  /** The channel was refused: it is forgotten, unless the same may be allowed soon. */
  public void refused(ChannelName channel, Problem problem) {
    behind.remove(channel);
    if (problem.code().retry() == Retry.NO) {
      left(channel);
    }
  }

  /** The channel is not followed any more. */
  public void left(ChannelName channel) {
    behind.remove(channel);
    changed |= positions.remove(channel) != null;
  }

  /**
   * Goes on by the parts of a frame.
   *
   * @return the part behind the last one that may be passed on; before {@code to} when there is a
   *     hole
   */
  public int take(JoinedFrame frame, int from, int to) {
    ChannelName channel = frame.delivery(from).channel().name();
    if (behind.contains(channel)) {
      return from;
    }
    Position position = positions.getOrDefault(channel, Cursor.NOWHERE);
    int part = from;
    while (part < to) {
      Position next = after(position, frame.delivery(part));
      if (next == null) {
        behind.add(channel);
        break;
      }
      position = next;
      part++;
    }
    if (part > from) {
      positions.put(channel, position);
      changed = true;
    }
    return part;
  }

  /** Where the client is after the delivery, or null when something before it is missing. */
  private static @Nullable Position after(Position position, Delivery delivery) {
    return switch (delivery) {
      case Delivery.Published(var publication) -> {
        Position next = publication.position();
        boolean dense = next.epoch() == position.epoch() && next.offset() == position.offset() + 1;
        yield dense ? next : next.isAfter(position) ? null : position;
      }
      case Delivery.Skipped(var channel, var upTo) -> upTo.isAfter(position) ? null : position;
      case Delivery.Missed(var channel, var from, var to) -> to.isAfter(position) ? to : position;
      case Delivery.PresenceChanged changed -> position;
      case Delivery.PresenceDelta delta -> position;
      case Delivery.PresenceCounted present -> position;
      case Delivery.Signalled signalled -> position;
      case Delivery.Counted counted -> position;
    };
  }

  /** Whether the channel has a hole. */
  public boolean isBehind(ChannelName channel) {
    return behind.contains(channel);
  }

  /** What to ask for, to go on where the client is. */
  public Wish next(ChannelName channel) {
    return new Wish(channel, positions.get(channel), null);
  }

  public boolean isEmpty() {
    return positions.isEmpty();
  }

  /** Whether the cursor is another one than when it was read last. */
  public boolean isChanged() {
    return changed;
  }

  /** All positions as one text. */
  public String cursor() {
    changed = false;
    return Cursor.write(positions);
  }
}
