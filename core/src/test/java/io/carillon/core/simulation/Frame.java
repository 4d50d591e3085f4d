package io.carillon.core.simulation;

import io.carillon.core.model.ChannelId;
import io.carillon.core.model.Position;
import io.carillon.core.model.Publication;
import io.carillon.core.session.Catchup.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the server says in the native protocol; the numbers are those of its clauses. */
sealed interface Frame {
  ChannelId channel();

  /**
   * 4.2 and 4.3.
   *
   * @param start behind which the pushes begin
   */
  record Subbed(int request, ChannelId channel, Verdict verdict, Position start) implements Frame {}

  /** 4.6. */
  record Refused(int request, ChannelId channel) implements Frame {}

  /**
   * 3.3, 3.5 and 3.7.
   *
   * @param from in the epoch of {@code to}
   */
  record Push(
      ChannelId channel,
      long from,
      Position to,
      @Nullable Position previous,
      List<Publication> items)
      implements Frame {
    Position after() {
      return new Position(to.epoch(), from);
    }

    boolean isMarker() {
      return items.isEmpty() && from == to.offset() && previous == null;
    }

    static Push of(Publication publication) {
      Position to = publication.position();
      return new Push(publication.channel(), to.offset() - 1, to, null, List.of(publication));
    }

    static Push marker(ChannelId channel, Position upTo) {
      return new Push(channel, upTo.offset(), upTo, null, List.of());
    }
  }
}
