package io.carillon.core.session;

import io.carillon.core.engine.ChannelLog;
import io.carillon.core.engine.Slice;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.Position;
import io.carillon.core.model.Publication;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What a subscriber is given before live messages, and whether that is everything it missed.
 * Immutable.
 *
 * @param verdict whether it continues where the client was
 * @param start everything after this position is given: {@code missed} first, then what is live
 * @param missed oldest first, dense behind {@code start}
 * @param end where {@code missed} ends, and what is live begins
 */
public record Catchup(Verdict verdict, Position start, List<Publication> missed, Position end) {
  /** Beyond it a client has to read the history. */
  public static final int MESSAGES_MAX = 1_000;

  /**
   * What is given at once, in bytes of payload, so that a connection's outbox can hold it; the
   * client asks for the rest from where it ends.
   */
  static final int BYTES_MAX = 256 * 1024;

  /** Whether a subscriber continues where it was. */
  public enum Verdict {
    /** It asked for no continuation. */
    FRESH,
    /** Nothing is missing. */
    RECOVERED,
    /** The position is of another life of the log, so what followed it is not known. */
    LOST_EPOCH,
    /** What followed the position is not kept any more. */
    LOST_EXPIRED,
    /** More than {@link #MESSAGES_MAX} followed the position. */
    LOST_TOO_FAR
  }

  public Catchup {
    missed = List.copyOf(missed);
  }

  /** Nothing to catch up with. */
  static Catchup none(Verdict verdict, Position top) {
    return new Catchup(verdict, top, List.of(), top);
  }

  /**
   * Reads what a subscriber has to be given.
   *
   * @param top the log's newest position, behind which live messages are held already
   */
  static CompletionStage<Catchup> of(
      ChannelLog log, ChannelId channel, Resume resume, Position top) {
    return switch (resume) {
      case Resume.FromNow now -> CompletableFuture.completedFuture(none(Verdict.FRESH, top));
      case Resume.Since(var position) -> since(log, channel, position, top);
      case Resume.Rewind(var messages) -> {
        Position from = new Position(top.epoch(), Math.max(0, top.offset() - messages));
        yield log.read(channel, from, messages)
            .thenApply(slice -> caughtUp(Verdict.FRESH, slice, firstKept(slice, top)));
      }
    };
  }

  private static CompletionStage<Catchup> since(
      ChannelLog log, ChannelId channel, Position position, Position top) {
    Verdict lost = lostAtOnce(position, top);
    if (lost != null) {
      return CompletableFuture.completedFuture(none(lost, top));
    }
    if (position.equals(top)) {
      return CompletableFuture.completedFuture(none(Verdict.RECOVERED, top));
    }
    return log.read(channel, position, MESSAGES_MAX)
        .thenApply(
            slice ->
                slice.complete()
                    ? caughtUp(Verdict.RECOVERED, slice, position)
                    : none(Verdict.LOST_EXPIRED, top));
  }

  private static @Nullable Verdict lostAtOnce(Position position, Position top) {
    if (position.epoch() != top.epoch() || position.offset() > top.offset()) {
      return Verdict.LOST_EPOCH;
    }
    return top.offset() - position.offset() > MESSAGES_MAX ? Verdict.LOST_TOO_FAR : null;
  }

  /** Where the kept part begins, when less is kept than was asked for. */
  private static Position firstKept(Slice slice, Position top) {
    return slice.publications().isEmpty()
        ? top
        : new Position(top.epoch(), slice.publications().getFirst().position().offset() - 1);
  }

  private static Catchup caughtUp(Verdict verdict, Slice slice, Position start) {
    List<Publication> taken = new ArrayList<>(slice.publications().size());
    int bytes = 0;
    for (Publication publication : slice.publications()) {
      if (bytes >= BYTES_MAX) {
        break;
      }
      bytes += publication.message().payload().size();
      taken.add(publication);
    }
    Position end = taken.isEmpty() ? start : taken.getLast().position();
    return new Catchup(verdict, start, taken, end);
  }

  /** Whether something lies between what is given and the log's top. */
  public boolean isCutShortOf(Position top) {
    return top.isAfter(end);
  }
}
