package io.carillon.core.hub;

import io.carillon.core.model.Position;
import io.carillon.core.model.Publication;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What waits behind a hole of a channel, oldest first, bounded in number and bytes; guarded by its
 * feed. What does not fit is read from the log later.
 */
final class Ahead {
  static final int PUBLICATIONS_MAX = 500;
  static final int BYTES_MAX = 1 << 20;

  /** Null while nothing waits, as on nearly every channel at nearly every time. */
  private @Nullable NavigableMap<Position, Publication> publications;

  private int bytes;
  private boolean overflowed;

  void hold(Publication publication) {
    if (publications == null) {
      publications = new TreeMap<>();
    }
    int size = publication.message().payload().size();
    if (publications.size() >= PUBLICATIONS_MAX || bytes + size > BYTES_MAX) {
      overflowed = true;
    } else if (publications.putIfAbsent(publication.position(), publication) == null) {
      bytes += size;
    }
  }

  boolean isEmpty() {
    return publications == null || publications.isEmpty();
  }

  int size() {
    return publications == null ? 0 : publications.size();
  }

  /** Where the oldest stands; there is one. */
  Position first() {
    return waiting().firstKey();
  }

  /** Takes the oldest out; there is one. */
  Publication takeFirst() {
    Publication first = waiting().pollFirstEntry().getValue();
    bytes -= first.message().payload().size();
    if (waiting().isEmpty()) {
      publications = null;
    }
    return first;
  }

  private NavigableMap<Position, Publication> waiting() {
    return Objects.requireNonNull(publications);
  }

  /** Whether something did not fit since {@link #forgetOverflow}. */
  boolean hasOverflowed() {
    return overflowed;
  }

  void forgetOverflow() {
    overflowed = false;
  }
}
