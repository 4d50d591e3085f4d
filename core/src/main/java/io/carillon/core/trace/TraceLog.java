package io.carillon.core.trace;

import io.carillon.core.engine.Inquiries.TracesOf;
import io.carillon.core.engine.TraceFacts;
import io.carillon.core.engine.TraceFacts.Accepted;
import io.carillon.core.engine.TraceFacts.Handed;
import io.carillon.core.engine.TraceFacts.Subject;
import io.carillon.core.engine.TraceFate;
import io.carillon.core.model.AppId;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.Position;
import io.carillon.core.model.Publication;
import io.carillon.core.runtime.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What this node knows of traced messages, in memory: the newest of each of a bounded number of
 * applications, for an hour. Guarded by itself; nothing comes here of a message that is not traced.
 */
public final class TraceLog {
  /** How many messages of one application are kept. */
  public static final int TRACES_MAX = 100;

  /** How long they are kept. */
  public static final Duration AGE = Duration.ofHours(1);

  private static final int APPS_MAX = 500;

  /** A merged publication has many ids; by so many of them it is found. */
  private static final int IDS_MAX = 10;

  private final Ticker ticker;
  private final String node;
  private final Map<AppId, SequencedMap<Key, Entry>> all = bounded(APPS_MAX, true);

  /**
   * @param node under which name what is known here is told
   */
  public TraceLog(Ticker ticker, String node) {
    this.ticker = ticker;
    this.node = node;
  }

  private record Key(ChannelId channel, Position position) {}

  private static <K, V> SequencedMap<K, V> bounded(int most, boolean byAccess) {
    return new LinkedHashMap<>(16, 0.75f, byAccess) {
      private static final long serialVersionUID = 1;

      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > most;
      }
    };
  }

  /** This node took it in. */
  public synchronized void accepted(Publication publication, Accepted accepted) {
    entry(publication).accepted = accepted;
  }

  /** It is in the archive so many microseconds after it came. */
  synchronized void archived(Publication publication, long micros) {
    Entry entry = entry(publication);
    Accepted known = entry.accepted;
    if (known != null) {
      entry.accepted =
          new Accepted(known.atMillis(), known.key(), known.logMicros(), micros, known.duplicate());
    }
  }

  /** Some subscriptions of this node have met this fate. */
  public synchronized void handed(Tally tally) {
    Entry entry = entry(tally.publication());
    long now = ticker.epochMillis();
    entry.firstMillis = entry.sockets.isEmpty() ? now : entry.firstMillis;
    entry.lastMillis = now;
    entry.bytes += tally.bytes();
    for (TraceFate fate : TraceFate.values()) {
      if (tally.count(fate) > 0) {
        entry.sockets.merge(fate, tally.count(fate), Integer::sum);
      }
    }
  }

  private Entry entry(Publication publication) {
    ChannelId channel = publication.channel();
    return all.computeIfAbsent(channel.app(), app -> bounded(TRACES_MAX, false))
        .computeIfAbsent(
            new Key(channel, publication.position()), key -> new Entry(publication, ticker));
  }

  /** What is known of those that are asked for, the newest first. */
  public synchronized List<TraceFacts> newest(AppId app, TracesOf of, int limit) {
    SequencedMap<Key, Entry> ring = all.get(app);
    if (ring == null) {
      return List.of();
    }
    long oldest = ticker.nanos() - AGE.toNanos();
    ring.values().removeIf(entry -> entry.madeAt - oldest < 0);
    List<TraceFacts> found = new ArrayList<>();
    for (Entry entry : ring.sequencedValues().reversed()) {
      if (found.size() < limit && entry.isOf(of)) {
        found.add(entry.facts(node));
      }
    }
    return found;
  }

  /** What is known of one; guarded by the log. */
  private static final class Entry {
    private final Subject subject;
    private final List<String> ids;
    private final long madeAt;
    private final Map<TraceFate, Integer> sockets = new EnumMap<>(TraceFate.class);
    private @Nullable Accepted accepted;
    private long firstMillis;
    private long lastMillis;
    private long bytes;

    Entry(Publication publication, Ticker ticker) {
      this.subject =
          new Subject(
              publication.channel().name().value(),
              publication.position(),
              publication.message().id(),
              publication.message().event(),
              publication.message().size());
      this.ids = publication.message().ids().stream().limit(IDS_MAX).toList();
      this.madeAt = ticker.nanos();
    }

    boolean isOf(TracesOf of) {
      return (of.id() == null || ids.contains(of.id()))
          && (of.channel() == null || of.channel().equals(subject.channel()))
          && (of.position() == null || of.position().equals(subject.position()));
    }

    TraceFacts facts(String node) {
      Handed handed =
          sockets.isEmpty() ? null : new Handed(firstMillis, lastMillis, bytes, sockets);
      return new TraceFacts(node, subject, accepted, handed);
    }
  }
}
