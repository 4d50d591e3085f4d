package io.carillon.client;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;

/**
 * Some messages of the past. Immutable.
 *
 * @param <T> the data
 */
public final class HistoryPage<T> {
  private final History<T> history;
  private final List<Message<T>> items;
  private final boolean more;

  HistoryPage(History<T> history, List<Message<T>> items, boolean more) {
    this.history = history;
    this.items = items;
    this.more = more && !items.isEmpty();
  }

  /** The newest first; with {@link HistoryOptions#after} the oldest first. */
  public List<Message<T>> items() {
    return items;
  }

  /** Whether another page follows. */
  public boolean hasMore() {
    return more;
  }

  /**
   * The page that follows; waits for it.
   *
   * @throws NoSuchElementException when there is none
   * @throws CarillonException when it cannot be read
   */
  public HistoryPage<T> next() {
    return history.core().requests().await(following());
  }

  /** As {@link #next}, without waiting. */
  public CompletableFuture<HistoryPage<T>> nextAsync() {
    return history.core().handOut(following());
  }

  private CompletableFuture<HistoryPage<T>> following() {
    if (!more) {
      throw new NoSuchElementException("this is the last page");
    }
    return history.page(items.get(items.size() - 1).position());
  }
}
