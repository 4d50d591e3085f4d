package io.carillon.core.history;

import io.carillon.core.history.Resumption.Broken;
import io.carillon.core.history.Resumption.Continuous;
import io.carillon.core.history.Resumption.Reason;
import io.carillon.core.model.Position;
import io.carillon.core.model.Publication;
import java.util.List;

/** The arithmetic of continuity: whether publications follow each other without a hole. Pure. */
final class Chain {
  private Chain() {}

  /** Of publications that are known to be all. */
  static Resumption within(int limit, List<Publication> all, Position top) {
    return all.size() > limit ? new Broken(Reason.TOO_FAR, top) : new Continuous(all, top);
  }

  /** Of publications that may have holes, or end before the top. */
  static Resumption of(Position position, List<Publication> found, Position top, int limit) {
    if (found.size() > limit) {
      return new Broken(Reason.TOO_FAR, top);
    }
    return reaches(position, found, top)
        ? new Continuous(found, top)
        : new Broken(Reason.EXPIRED, top);
  }

  private static boolean reaches(Position position, List<Publication> found, Position top) {
    Position last = position;
    for (Publication publication : found) {
      Position next = publication.position();
      long expected = next.epoch() == last.epoch() ? last.offset() + 1 : 1;
      if (next.offset() != expected) {
        return false;
      }
      last = next;
    }
    return top.offset() == 0 || last.equals(top);
  }
}
