package io.carillon.core.history;

import io.carillon.core.history.Resumption.Broken;
import io.carillon.core.history.Resumption.Continuous;
import io.carillon.core.history.Resumption.Reason;
import io.carillon.core.model.Position;
import io.carillon.core.model.Publication;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The arithmetic of continuity: whether publications follow each other without a hole. Pure. */
final class Chain {
  private Chain() {}

  /**
   * Of publications that may have holes, or end before they should.
   *
   * @param end what they have to reach, or null when they are a page with more behind it
   */
  static Resumption of(
      Position position, List<Publication> found, @Nullable Position end, Position top) {
    return reaches(position, found, end)
        ? new Continuous(found, top)
        : new Broken(Reason.EXPIRED, top);
  }

  private static boolean reaches(
      Position position, List<Publication> found, @Nullable Position end) {
    Position last = position;
    for (Publication publication : found) {
      Position next = publication.position();
      long expected = next.epoch() == last.epoch() ? last.offset() + 1 : 1;
      if (next.offset() != expected) {
        return false;
      }
      last = next;
    }
    return end == null || end.offset() == 0 || last.equals(end);
  }
}
