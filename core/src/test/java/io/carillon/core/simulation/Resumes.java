package io.carillon.core.simulation;

import io.carillon.core.model.ChannelId;
import io.carillon.core.model.Position;
import io.carillon.core.model.Publication;
import io.carillon.core.session.Catchup;
import io.carillon.core.session.Catchup.Verdict;
import io.carillon.core.session.Resume;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Compares what a subscriber is given first with what there is. */
final class Resumes {
  private Resumes() {}

  static void check(World world, ChannelId channel, Resume resume, Catchup given) {
    Truth truth = world.truth();
    truth.note(
        channel,
        "answer to "
            + resume
            + ": "
            + given.verdict()
            + ", "
            + given.missed().size()
            + " in ("
            + given.start()
            + ", "
            + given.end()
            + "]");
    if (!(resume instanceof Resume.Since(var since)) || given.verdict() != Verdict.RECOVERED) {
      return;
    }
    Set<Position> positions =
        given.missed().stream().map(Publication::position).collect(Collectors.toSet());
    for (Map.Entry<Position, String> real : truth.between(channel, since, given.end()).entrySet()) {
      if (positions.contains(real.getKey())) {
        continue;
      }
      if (real.getKey().epoch() == given.end().epoch()
          || truth.isAcknowledged(channel, real.getKey())) {
        throw truth.violation(
            Invariant.RECOVERED_TELLS_TRUTH,
            channel,
            real.getValue() + " at " + real.getKey() + " is missing behind " + since);
      }
      truth.passedOver(channel, real.getKey());
    }
    if (!given.start().equals(since)) {
      throw truth.violation(
          Invariant.RECOVERED_TELLS_TRUTH,
          channel,
          "asked since " + since + ", begins behind " + given.start());
    }
  }
}
