package io.carillon.core.hub;

import io.carillon.core.engine.TraceFate;
import io.carillon.core.model.Publication;
import io.carillon.core.trace.Tally;

/** Hands out a batch and notes what becomes of what is traced in it. Stateless; on the lane. */
final class Tracing {
  private Tracing() {}

  /** As {@link Subscriber#take}. */
  static boolean take(Subscriber subscriber, Batch batch, SharedFrame frame) {
    boolean live = subscriber.isLive();
    boolean behind = subscriber.isBehind();
    boolean touched = subscriber.take(batch, frame);
    // whoever is closed for being slow leaves at once
    boolean gone = subscriber.index < 0;
    TraceFate given = live ? (behind ? TraceFate.WAITING : TraceFate.WRITTEN) : TraceFate.HELD;
    TraceFate lost = live ? TraceFate.TOO_SLOW : TraceFate.OVERRUN;
    for (int i = 0; i < batch.size(); i++) {
      Tally tally = batch.tally(i);
      if (tally == null) {
        continue;
      }
      if (live && !subscriber.wants(batch.get(i))) {
        tally.count(left(subscriber, tally.publication()), 1);
      } else {
        tally.count(gone ? lost : given, 1);
        tally.wrote(gone || !live ? 0 : frame.bytes(i, i + 1));
      }
    }
    return touched;
  }

  private static TraceFate left(Subscriber subscriber, Publication publication) {
    return subscriber.knows(publication.position()) ? TraceFate.REPEATED : TraceFate.LEFT_OUT;
  }
}
