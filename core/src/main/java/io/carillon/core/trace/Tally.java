package io.carillon.core.trace;

import io.carillon.core.engine.TraceFate;
import io.carillon.core.model.Publication;
import java.util.EnumMap;
import java.util.Map;

/**
 * What becomes of one traced publication on one lane, while it is handed out there. Confined to the
 * lane.
 */
public final class Tally {
  private final Publication publication;
  private final Map<TraceFate, Integer> counts = new EnumMap<>(TraceFate.class);
  private long bytes;

  public Tally(Publication publication) {
    this.publication = publication;
  }

  public Publication publication() {
    return publication;
  }

  /** One more subscription met this fate. */
  public void count(TraceFate fate, int subscriptions) {
    counts.merge(fate, subscriptions, Integer::sum);
  }

  /** So many bytes more went to a socket or wait for it. */
  public void wrote(int more) {
    bytes += more;
  }

  int count(TraceFate fate) {
    return counts.getOrDefault(fate, 0);
  }

  long bytes() {
    return bytes;
  }
}
