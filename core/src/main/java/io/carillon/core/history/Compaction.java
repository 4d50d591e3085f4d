package io.carillon.core.history;

import io.carillon.core.engine.Archive;
import io.carillon.core.engine.Archive.Targets;
import io.carillon.core.engine.Changes;
import io.carillon.core.engine.Fold;
import io.carillon.core.history.HistoryQuery.Direction;
import io.carillon.core.model.Position;
import io.carillon.core.model.Publication;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One reading of a channel's past in which each message stands once, with what its operations have
 * made of it up to one moment, and no operation stands by itself. Used once, by one caller.
 *
 * <p>The moment is the top of the {@link Changes}, which are read first: what is published after
 * it, message or operation, is not in the page. Operations in the log are in the changes;
 * operations that have left the log are committed, and asked for at the archive.
 */
final class Compaction {
  private final HistoryQuery query;
  private final Changes changes;
  private final Sources sources;
  private final List<Publication> found = new ArrayList<>();

  /**
   * Where it reads from.
   *
   * @param pages a page in which operations may stand, and may be left out
   * @param sinceMillis from when on the archive is read; null when the channel is not archived
   */
  record Sources(
      Function<HistoryQuery, CompletionStage<HistoryPage>> pages,
      Archive archive,
      @Nullable Long sinceMillis) {}

  Compaction(HistoryQuery query, Changes changes, Sources sources) {
    this.query = query;
    this.changes = changes;
    this.sources = sources;
  }

  CompletionStage<HistoryPage> read() {
    return collect(query.from()).thenCompose(more -> fold(messages(more), more));
  }

  /**
   * Collects messages until there is one more than fits.
   *
   * @return whether pages were left unread
   */
  private CompletionStage<Boolean> collect(@Nullable Position from) {
    int wanted = changes.isEmpty() ? query.limit() : HistoryQuery.LIMIT_MAX;
    return sources
        .pages()
        .apply(new HistoryQuery(query.channel(), query.direction(), from, wanted))
        .thenCompose(
            page -> {
              boolean reached = take(page.publications());
              return reached || !page.more() || page.publications().isEmpty()
                  ? CompletableFuture.completedFuture(page.more() && !reached)
                  : collectUnlessEnough(page.publications().getLast().position());
            });
  }

  private CompletionStage<Boolean> collectUnlessEnough(Position from) {
    return found.size() > query.limit() ? CompletableFuture.completedFuture(true) : collect(from);
  }

  /** Whether everything behind these is too new. */
  private boolean take(List<Publication> publications) {
    for (Publication publication : publications) {
      if (publication.position().isAfter(changes.top())) {
        if (query.direction() == Direction.FORWARD) {
          return true;
        }
      } else if (publication.message().operation() == null) {
        found.add(publication);
      }
    }
    return false;
  }

  /** What was found, and the messages that the log keeps only for the operations on them. */
  private List<Publication> messages(boolean more) {
    Comparator<Position> order = Comparator.naturalOrder();
    Map<Position, Publication> messages =
        new TreeMap<>(query.direction() == Direction.FORWARD ? order : order.reversed());
    found.forEach(message -> messages.put(message.position(), message));
    Position end = more && !found.isEmpty() ? found.getLast().position() : null;
    for (Publication changed : changes.changed()) {
      if (isInside(changed.position(), end)) {
        messages.put(changed.position(), changed);
      }
    }
    return List.copyOf(messages.values());
  }

  private boolean isInside(Position position, @Nullable Position end) {
    Position from = query.from();
    boolean forward = query.direction() == Direction.FORWARD;
    boolean begun = from == null || (forward ? position.isAfter(from) : from.isAfter(position));
    boolean ended = end != null && (forward ? position.isAfter(end) : end.isAfter(position));
    return begun && !ended;
  }

  private CompletionStage<HistoryPage> fold(List<Publication> messages, boolean more) {
    boolean cut = messages.size() > query.limit();
    List<Publication> page = cut ? messages.subList(0, query.limit()) : messages;
    Long since = sources.sinceMillis();
    List<Position> old = page.stream().filter(this::isOld).map(Publication::position).toList();
    if (since == null || old.isEmpty()) {
      return CompletableFuture.completedFuture(new HistoryPage(page, cut || more, changes.top()));
    }
    return sources
        .archive()
        .operations(new Targets(query.channel(), old, changes.start(), since))
        .thenApply(
            operations -> new HistoryPage(folded(page, operations), cut || more, changes.top()));
  }

  /** Whether the log knows nothing of the message. */
  private boolean isOld(Publication message) {
    return message.message().meta().edit() == null && !message.position().isAfter(changes.start());
  }

  private List<Publication> folded(List<Publication> page, List<Publication> operations) {
    Map<Position, Fold> folds = new HashMap<>();
    page.stream()
        .filter(this::isOld)
        .forEach(message -> folds.put(message.position(), new Fold(message)));
    apply(operations, folds);
    apply(changes.loose(), folds);
    return page.stream()
        .map(
            message -> {
              Fold fold = folds.get(message.position());
              return fold == null ? message : fold.result();
            })
        .toList();
  }

  private static void apply(List<Publication> operations, Map<Position, Fold> folds) {
    for (Publication publication : operations) {
      var operation = publication.message().operation();
      Position target = operation == null ? null : operation.target();
      Fold fold = target == null ? null : folds.get(target);
      if (fold != null) {
        fold.apply(publication);
      }
    }
  }
}
