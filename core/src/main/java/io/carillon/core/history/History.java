package io.carillon.core.history;

import io.carillon.core.engine.Archive;
import io.carillon.core.engine.Archive.Order;
import io.carillon.core.engine.Archive.Range;
import io.carillon.core.engine.ChannelLog;
import io.carillon.core.engine.Directory;
import io.carillon.core.engine.Ports;
import io.carillon.core.engine.Slice;
import io.carillon.core.history.HistoryQuery.Direction;
import io.carillon.core.history.Resumption.Broken;
import io.carillon.core.history.Resumption.Continuous;
import io.carillon.core.history.Resumption.Reason;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.Position;
import io.carillon.core.model.Publication;
import io.carillon.core.runtime.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads a channel's past: the log first, and where it ends, the archive of a channel that is
 * archived. Thread-safe.
 *
 * <p>No hole or repeat is at the seam. The log is read before the archive, so that what is
 * committed and leaves the log in between is found in the archive; what is not committed yet is
 * still in the log, which keeps it longer than a commit may take ({@code
 * HotWindow.ARCHIVED_LEAST}). Only when memory runs short may a page lack what is not acknowledged
 * yet. What the archive has beyond the top that the log told is left for the next page: it may have
 * been committed out of order.
 *
 * <p>Continuity across epochs ({@link #after}). A log that was lost begins a new, higher epoch, and
 * what followed a position of the old one is known from the archive:
 *
 * <ul>
 *   <li>On an archived channel nothing is acknowledged that is not committed, and nothing that is
 *       committed after its epoch was sealed, which is done before the archive is read here. So no
 *       acknowledged publication of the old epoch follows its last archived one. Of its tail,
 *       subscribers may have seen what was never acknowledged, and it may be missing.
 *   <li>That holds only while the channel was archived. It was from the moment of a publication
 *       that is in the archive to this moment, when the application's rules did not change in
 *       between. So a publication of the old epoch at or before the position, or right behind it,
 *       has to be in the archive, accepted after the last change of the rules.
 *   <li>From the position on, offsets are dense to the old epoch's last archived one; each later
 *       epoch is dense from 1, and the log's own one up to its top. An epoch of which nothing is
 *       archived had nothing acknowledged.
 * </ul>
 *
 * Whatever cannot be shown like this is broken, and so never silent.
 */
public final class History {
  /** Beyond it a position of a channel that is not archived is too far back. */
  public static final int DISTANCE_MAX = 1_000;

  /** The same for an archived channel, within one epoch. */
  public static final int ARCHIVED_DISTANCE_MAX = 100_000;

  private final ChannelLog log;
  private final Archive archive;
  private final ArchivedTime archivedTime;

  public History(Ports ports, Directory directory, Ticker ticker) {
    this.log = ports.log();
    this.archive = ports.archive();
    this.archivedTime = new ArchivedTime(directory, ticker);
  }

  /** A page in which each message stands once, as it is now; see {@link Compaction}. */
  public CompletionStage<HistoryPage> read(HistoryQuery query) {
    Long since = archivedTime.sinceMillis(query.channel());
    Compaction.Sources sources =
        new Compaction.Sources(wanted -> pages(wanted, archive::readMessages), archive, since);
    return log.changes(query.channel())
        .thenCompose(changes -> new Compaction(query, changes, sources).read());
  }

  /** The newest publications, newest first. */
  public CompletionStage<Newest> newest(ChannelId channel, int limit) {
    HistoryQuery query = new HistoryQuery(channel, Direction.BACKWARD, null, limit);
    return pages(query, archive::read)
        .thenCompose(
            page ->
                page.publications().stream().allMatch(it -> it.message().operation() == null)
                    ? completed(new Newest(page, false))
                    : read(query).thenApply(compacted -> new Newest(compacted, true)));
  }

  /**
   * The newest of a channel.
   *
   * @param compacted whether there were operations, which are in the page only by what they have
   *     made of its messages; else every hole in the page's positions is one
   */
  public record Newest(HistoryPage page, boolean compacted) {}

  /**
   * One message as it is now: the newest with this id.
   *
   * @return empty when there is none, or none any more
   */
  public CompletionStage<Optional<Publication>> find(ChannelId channel, String id) {
    Long since = archivedTime.sinceMillis(channel);
    return log.find(channel, id)
        .thenCompose(
            kept ->
                kept.isPresent() || since == null
                    ? completed(kept)
                    : archive.find(channel, id, since).thenCompose(this::current));
  }

  private CompletionStage<Optional<Publication>> current(Optional<Publication> archived) {
    if (archived.isEmpty()) {
      return completed(archived);
    }
    Position position = archived.get().position();
    Position before = new Position(position.epoch(), position.offset() - 1);
    ChannelId channel = archived.get().channel();
    return read(new HistoryQuery(channel, Direction.FORWARD, before, 1))
        .thenApply(page -> page.publications().stream().findFirst());
  }

  /** How the archive is read: with operations or without. */
  private interface Archived extends Function<Range, CompletionStage<List<Publication>>> {}

  private CompletionStage<HistoryPage> pages(HistoryQuery query, Archived archived) {
    return log.head(query.channel())
        .thenCompose(
            head ->
                query.direction() == Direction.FORWARD
                    ? forward(query, head.top(), archived)
                    : backward(query, head.top(), archived));
  }

  private CompletionStage<HistoryPage> forward(
      HistoryQuery query, Position top, Archived archived) {
    int wanted = query.limit() + 1;
    Position from = query.from();
    Position hotFrom = from == null ? new Position(top.epoch(), 0) : from;
    return log.read(query.channel(), hotFrom, wanted)
        .thenCompose(
            slice -> {
              Long since = archivedTime.sinceMillis(query.channel());
              if (since == null || (from != null && slice.complete())) {
                return completed(page(slice.publications(), query.limit(), slice.top()));
              }
              return archived
                  .apply(new Range(query.channel(), Order.OLDEST_FIRST, from, wanted, since))
                  .thenApply(old -> page(joined(old, slice), query.limit(), slice.top()));
            });
  }

  /** Offsets are dense, so that what stands before a position is found by counting back. */
  private CompletionStage<HistoryPage> backward(
      HistoryQuery query, Position top, Archived archived) {
    Position end = new Position(top.epoch(), top.offset() + 1);
    Position start = query.from() == null || query.from().isAfter(end) ? end : query.from();
    if (start.epoch() != top.epoch()) {
      return backwardFrom(start, page(List.of(), query.limit(), top), query, archived);
    }
    Position after = new Position(start.epoch(), Math.max(0, start.offset() - query.limit() - 2));
    return log.read(query.channel(), after, query.limit() + 1)
        .thenCompose(
            slice ->
                backwardFrom(
                    start,
                    new HistoryPage(newestFirst(slice, start), false, slice.top()),
                    query,
                    archived));
  }

  /**
   * @param log what the log has before the start, newest first
   */
  private CompletionStage<HistoryPage> backwardFrom(
      Position start, HistoryPage log, HistoryQuery query, Archived archived) {
    List<Publication> hot = log.publications();
    Position top = log.top();
    int missing = query.limit() + 1 - hot.size();
    Long since = archivedTime.sinceMillis(query.channel());
    if (since == null || missing == 0) {
      return completed(page(hot, query.limit(), top));
    }
    Position seam = hot.isEmpty() ? start : hot.getLast().position();
    return archived
        .apply(new Range(query.channel(), Order.NEWEST_FIRST, seam, missing, since))
        .thenApply(
            old -> {
              List<Publication> found = new ArrayList<>(hot);
              found.addAll(old);
              return page(found, query.limit(), top);
            });
  }

  /**
   * What follows the position, or why that is not known.
   *
   * @param limit how many publications are given at most; what follows the last of them is asked
   *     for from there
   */
  public CompletionStage<Resumption> after(ChannelId channel, Position position, int limit) {
    // one more than asked for tells whether there is more
    return log.read(channel, position, limit + 1)
        .thenCompose(
            slice -> {
              Position top = slice.top();
              if (slice.complete()) {
                return completed(new Continuous(firstOf(slice.publications(), limit), top));
              }
              Long since = archivedTime.sinceMillis(channel);
              Reason reason = brokenAtOnce(position, top, since != null);
              if (since == null || reason != null) {
                return completed(new Broken(reason == null ? Reason.EXPIRED : reason, top));
              }
              Range rest = new Range(channel, Order.OLDEST_FIRST, position, limit + 1, since);
              return sealed(channel, position, top)
                  .thenCompose(done -> archive.read(rest))
                  .thenCompose(old -> proven(rest, position, joined(old, slice), top));
            });
  }

  /** What is committed later of the epochs in between is acknowledged to nobody. */
  private CompletionStage<Void> sealed(ChannelId channel, Position position, Position top) {
    return position.epoch() == top.epoch()
        ? CompletableFuture.completedFuture(null)
        : archive.seal(channel, top.epoch());
  }

  /** Why the log alone shows that the position cannot be gone on from, or null. */
  private static @Nullable Reason brokenAtOnce(Position position, Position top, boolean archived) {
    boolean sameEpoch = position.epoch() == top.epoch();
    if (position.isAfter(top) || (!sameEpoch && !archived)) {
      return Reason.EPOCH;
    }
    int distanceMax = archived ? ARCHIVED_DISTANCE_MAX : DISTANCE_MAX;
    return sameEpoch && top.offset() - position.offset() > distanceMax ? Reason.TOO_FAR : null;
  }

  private CompletionStage<Resumption> proven(
      Range rest, Position position, List<Publication> found, Position top) {
    List<Publication> page = firstOf(found, rest.limit() - 1);
    Resumption chained = Chain.of(position, page, found.size() > page.size() ? null : top, top);
    Position behind = new Position(position.epoch(), position.offset() + 1);
    if (position.epoch() == top.epoch() || (!page.isEmpty() && isProof(page.getFirst(), behind))) {
      return completed(chained);
    }
    return archive
        .read(new Range(rest.channel(), Order.NEWEST_FIRST, behind, 1, rest.sinceMillis()))
        .thenApply(
            before ->
                !before.isEmpty()
                        && before.getFirst().position().epoch() == position.epoch()
                        && archivedTime.isSteadySince(before.getFirst())
                    ? chained
                    : new Broken(Reason.EPOCH, top));
  }

  private static List<Publication> firstOf(List<Publication> found, int limit) {
    return found.subList(0, Math.min(limit, found.size()));
  }

  private boolean isProof(Publication first, Position behind) {
    return first.position().equals(behind) && archivedTime.isSteadySince(first);
  }

  /** What either has up to the log's top, oldest first. */
  private static List<Publication> joined(List<Publication> old, Slice hot) {
    Map<Position, Publication> joined = new TreeMap<>();
    old.forEach(publication -> joined.put(publication.position(), publication));
    hot.publications().forEach(publication -> joined.put(publication.position(), publication));
    joined.keySet().removeIf(position -> position.isAfter(hot.top()));
    return List.copyOf(joined.values());
  }

  private static List<Publication> newestFirst(Slice slice, Position before) {
    return slice.publications().stream()
        .filter(publication -> before.isAfter(publication.position()))
        .toList()
        .reversed();
  }

  private static HistoryPage page(List<Publication> found, int limit, Position top) {
    boolean more = found.size() > limit;
    return new HistoryPage(firstOf(found, limit), more, top);
  }

  private static <T> CompletionStage<T> completed(T value) {
    return CompletableFuture.completedFuture(value);
  }
}
