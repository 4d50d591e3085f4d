package io.carillon.core.history;

import io.carillon.core.engine.Directory;
import io.carillon.core.engine.Ports;
import io.carillon.core.history.HistoryQuery.Direction;
import io.carillon.core.history.Resumption.Continuous;
import io.carillon.core.model.Position;
import io.carillon.core.model.Publication;
import io.carillon.core.runtime.Ticker;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Reads pages of a time, and says whether they are all there was. What proves that is the same that
 * lets a client go on without a gap ({@link History#after}). Thread-safe.
 */
public final class PastReader {
  private final History history;
  private final Timeline timeline;

  public PastReader(History history, Ports ports, Directory directory, Ticker ticker) {
    this.history = history;
    this.timeline = new Timeline(ports.log(), ports.archive(), new ArchivedTime(directory, ticker));
  }

  public CompletionStage<Past> read(PastQuery query) {
    return start(query)
        .thenCompose(
            start ->
                start.isEmpty()
                    ? history.newest(query.page().channel(), 1).thenApply(PastReader::nothing)
                    : history
                        .read(withOneMore(start.get()))
                        .thenCompose(found -> judged(query, start.get(), found)));
  }

  /** It tells whether the next page has something of the time. */
  private static HistoryQuery withOneMore(HistoryQuery page) {
    int limit = Math.min(page.limit() + 1, HistoryQuery.LIMIT_MAX);
    return new HistoryQuery(page.channel(), page.direction(), page.from(), limit);
  }

  private static Past nothing(History.Newest newest) {
    return new Past(new HistoryPage(List.of(), false, newest.page().top()), true);
  }

  /** With the place where its time starts; empty when nothing is of that time. */
  private CompletionStage<Optional<HistoryQuery>> start(PastQuery query) {
    HistoryQuery page = query.page();
    boolean forward = page.direction() == Direction.FORWARD;
    Long edge = forward ? query.afterMillis() : query.beforeMillis();
    if (page.from() != null || edge == null) {
      return CompletableFuture.completedFuture(Optional.of(page));
    }
    return timeline
        .before(page.channel(), edge)
        .thenApply(
            found -> {
              if (found.isEmpty()) {
                return forward ? Optional.empty() : Optional.of(page);
              }
              Position at = found.get();
              // read backward, the place itself would be left out
              Position from = forward ? at : new Position(at.epoch(), at.offset() + 1);
              return Optional.of(
                  new HistoryQuery(page.channel(), page.direction(), from, page.limit()));
            });
  }

  private CompletionStage<Past> judged(PastQuery query, HistoryQuery asked, HistoryPage found) {
    List<Publication> held =
        found.publications().stream().filter(it -> query.holds(it.timestampMillis())).toList();
    boolean cut = held.size() < found.publications().size();
    int limit = query.page().limit();
    HistoryPage page =
        new HistoryPage(
            held.subList(0, Math.min(limit, held.size())),
            held.size() > limit || (found.more() && !cut),
            found.top());
    Position lower = lower(asked, found, cut || held.size() > limit);
    Position upper = upper(asked, found);
    return history
        .after(asked.channel(), lower, HistoryQuery.LIMIT_MAX)
        .thenApply(
            resumption ->
                new Past(
                    page,
                    resumption instanceof Continuous(var all, var top)
                        && reaches(lower, all, top, upper)));
  }

  private static boolean reaches(
      Position lower, List<Publication> all, Position top, Position upper) {
    Position last = all.isEmpty() ? lower : all.getLast().position();
    return !upper.isAfter(last) || (last.equals(top) && !upper.isAfter(top));
  }

  /** What has to be known of begins behind it; the oldest page's begins with its epoch. */
  private static Position lower(HistoryQuery asked, HistoryPage found, boolean cut) {
    List<Publication> all = found.publications();
    boolean forward = asked.direction() == Direction.FORWARD;
    Position from = asked.from();
    if (forward && from != null) {
      return from;
    }
    if (all.isEmpty()) {
      return new Position(found.top().epoch(), 0);
    }
    Position oldest = (forward ? all.getFirst() : all.getLast()).position();
    boolean theOldest = forward || (!found.more() && !cut);
    return new Position(oldest.epoch(), theOldest ? 0 : oldest.offset() - 1);
  }

  private static Position upper(HistoryQuery asked, HistoryPage found) {
    Position from = asked.from();
    if (asked.direction() == Direction.FORWARD) {
      return found.more() ? found.publications().getLast().position() : found.top();
    }
    return from == null || from.isAfter(found.top())
        ? found.top()
        : new Position(from.epoch(), Math.max(0, from.offset() - 1));
  }
}
