package io.carillon.core.hub;

import io.carillon.core.metric.NodeCounters;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.Position;
import io.carillon.core.model.Publication;
import io.carillon.core.model.SlowPolicy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What waits for a reader that is behind, on a channel whose rule lets messages give way. Confined
 * to the connection's lane.
 *
 * <p>The newest message always waits, in the order of positions; what gave way leaves a hole, of
 * which the reader is told where it is.
 */
final class LateMessages {
  /** Beyond it the oldest gives way. */
  static final int MESSAGES_MAX = 1_000;

  /** Of their payloads; beyond it the oldest gives way, unless it is alone. */
  static final int BYTES_MAX = 256 * 1024;

  /** Traced ones of which is told that they gave way; a part of them is enough. */
  private static final int TRACES_MAX = 100;

  private final ChannelId channel;
  private SlowPolicy policy;

  /** By what another one takes its place: the event's name, or a key of its own. */
  private final Map<Object, Publication> waiting = new LinkedHashMap<>(4);

  private long bytes;

  /** How many gave way since that was counted. */
  private int gone;

  /** Up to where the reader was told; null while nothing waits. */
  private @Nullable Position told;

  private final List<Publication> traces = new ArrayList<>(0);

  LateMessages(ChannelId channel, SlowPolicy policy) {
    this.channel = channel;
    this.policy = policy;
  }

  /** From now on; what waits still goes this way. */
  void follow(SlowPolicy changed) {
    policy = changed;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Whether messages come here while the reader is behind, or because others do. */
  boolean takes(Recipient recipient) {
    return !waiting.isEmpty() || (policy != SlowPolicy.DISCONNECT && recipient.isBehind());
  }

  /** One more waits, and perhaps another one does no longer. */
  void keep(Publication publication) {
    Position position = publication.position();
    if (told == null || told.epoch() != position.epoch()) {
      List.copyOf(waiting.keySet()).forEach(this::giveWay);
      told = new Position(position.epoch(), position.offset() - 1);
    }
    Object key =
        policy == SlowPolicy.LATEST_PER_KEY ? publication.message().event() : position.offset();
    giveWay(key);
    waiting.put(key, publication);
    bytes += publication.message().size();
    while (waiting.size() > 1 && (waiting.size() > MESSAGES_MAX || bytes > BYTES_MAX)) {
      giveWay(waiting.keySet().iterator().next());
    }
  }

  private void giveWay(Object key) {
    Publication left = waiting.remove(key);
    if (left != null) {
      gone++;
      bytes -= left.message().size();
      if (left.message().isTraced() && traces.size() < TRACES_MAX) {
        traces.add(left);
      }
    }
  }

  /** Once the reader was told what waited for it, so that it counts as one that was too slow. */
  void countInto(NodeCounters counters) {
    if (gone > 0 && waiting.isEmpty()) {
      counters.tooSlow(policy, gone);
      gone = 0;
    }
  }

  /** What the reader is told now: messages in their order, and where some are left out. */
  List<Delivery> takeAll() {
    List<Delivery> all = new ArrayList<>(waiting.size() + 1);
    Position last = told;
    for (Publication publication : waiting.values()) {
      Position position = publication.position();
      Position before = new Position(position.epoch(), position.offset() - 1);
      if (last != null && before.isAfter(last)) {
        all.add(new Delivery.Missed(channel, last, before));
      }
      all.add(new Delivery.Published(publication));
      last = position;
    }
    waiting.clear();
    bytes = 0;
    told = null;
    return all;
  }

  /** Traced ones that gave way since the last time. */
  List<Publication> takeTraces() {
    if (traces.isEmpty()) {
      return List.of();
    }
    List<Publication> gone = List.copyOf(traces);
    traces.clear();
    return gone;
  }
}
