package io.carillon.core.history;

import io.carillon.core.engine.ChannelLog;
import io.carillon.core.engine.Slice;
import io.carillon.core.history.HistoryQuery.Direction;
import io.carillon.core.model.Position;
import io.carillon.core.model.Publication;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Reads what the hot log keeps of a channel. Thread-safe. */
public final class History {
  private final ChannelLog log;

  public History(ChannelLog log) {
    this.log = log;
  }

  public CompletionStage<HistoryPage> read(HistoryQuery query) {
    return query.direction() == Direction.FORWARD
        ? log.head(query.channel()).thenCompose(head -> forward(query, head.top()))
        : log.head(query.channel()).thenCompose(head -> backward(query, head.top()));
  }

  private CompletionStage<HistoryPage> forward(HistoryQuery query, Position top) {
    Position from = query.from() == null ? new Position(top.epoch(), 0) : query.from();
    return log.read(query.channel(), from, query.limit() + 1)
        .thenApply(slice -> page(slice.publications(), query.limit(), slice.top()));
  }

  /** Offsets are dense, so that what stands before a position is found by counting back. */
  private CompletionStage<HistoryPage> backward(HistoryQuery query, Position top) {
    Position from = query.from();
    long before =
        from == null || from.isAfter(top)
            ? top.offset() + 1
            : from.epoch() == top.epoch() ? from.offset() : 0;
    long after = Math.max(0, before - query.limit() - 2);
    return log.read(query.channel(), new Position(top.epoch(), after), query.limit() + 1)
        .thenApply(slice -> page(newestFirst(slice, before), query.limit(), slice.top()));
  }

  private static List<Publication> newestFirst(Slice slice, long before) {
    return slice.publications().stream()
        .filter(publication -> publication.position().offset() < before)
        .toList()
        .reversed();
  }

  private static HistoryPage page(List<Publication> found, int limit, Position top) {
    boolean more = found.size() > limit;
    return new HistoryPage(more ? found.subList(0, limit) : found, more, top);
  }
}
