package io.carillon.core.session;

import io.carillon.core.history.History;
import io.carillon.core.history.Resumption;
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
 * @param missed oldest first, without a hole behind {@code start}; a new epoch begins with offset 1
 * @param end where {@code missed} ends, and what is live begins
 */
public record Catchup(Verdict verdict, Position start, List<Publication> missed, Position end) {
  /** What is given at once; the client asks for the rest from where it ends. */
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
    /** More followed the position than a client may go on from. */
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
      History history, ChannelId channel, Resume resume, Position top) {
    return switch (resume) {
      case Resume.FromNow now -> CompletableFuture.completedFuture(none(Verdict.FRESH, top));
      case Resume.Since(var position) ->
          history
              .after(channel, position, MESSAGES_MAX)
              .thenApply(found -> since(found, position, top));
      case Resume.Rewind(var messages) ->
          history
              .newest(channel, messages)
              .thenApply(
                  newest -> {
                    List<Publication> oldestFirst = newest.page().publications().reversed();
                    return newest.compacted()
                        ? compacted(oldestFirst, newest.page().top())
                        : rewound(oldestFirst, newest.page().top(), top);
                  });
    };
  }

  /** What followed a position at the time of reading, and where the log stood then. */
  public record Missed(Catchup catchup, Position top) {
    static CompletionStage<Missed> read(History history, ChannelId channel, Position position) {
      return history
          .after(channel, position, MESSAGES_MAX)
          .thenApply(found -> new Missed(since(found, position, found.top()), found.top()));
    }
  }

  private static Catchup since(Resumption found, Position position, Position top) {
    return switch (found) {
      case Resumption.Continuous(var publications, var newest) ->
          caughtUp(
              Verdict.RECOVERED,
              position,
              publications,
              publications.size() < MESSAGES_MAX ? newest : last(publications));
      case Resumption.Broken(var reason, var newest) ->
          none(
              switch (reason) {
                case EPOCH -> Verdict.LOST_EPOCH;
                case EXPIRED -> Verdict.LOST_EXPIRED;
                case TOO_FAR -> Verdict.LOST_TOO_FAR;
              },
              top);
    };
  }

  /**
   * What is given has no hole up to the newest, so it begins behind the last hole that there is.
   */
  private static Catchup rewound(List<Publication> oldestFirst, Position newest, Position top) {
    int first = oldestFirst.size();
    Position next =
        newest.offset() == 0 ? newest : new Position(newest.epoch(), newest.offset() + 1);
    while (first > 0 && isNext(next, oldestFirst.get(first - 1).position())) {
      first--;
      next = oldestFirst.get(first).position();
    }
    List<Publication> given = oldestFirst.subList(first, oldestFirst.size());
    return given.isEmpty()
        ? none(Verdict.FRESH, top)
        : caughtUp(Verdict.FRESH, new Position(next.epoch(), next.offset() - 1), given, newest);
  }

  /** The newest that fit, with all that was done to them. */
  private static Catchup compacted(List<Publication> oldestFirst, Position newest) {
    int first = oldestFirst.size();
    for (int bytes = 0; first > 0 && bytes < BYTES_MAX; first--) {
      bytes += oldestFirst.get(first - 1).message().size();
    }
    List<Publication> given = oldestFirst.subList(first, oldestFirst.size());
    Position start = given.isEmpty() ? newest : given.getFirst().position();
    return new Catchup(
        Verdict.FRESH,
        given.isEmpty() ? start : new Position(start.epoch(), start.offset() - 1),
        given,
        newest);
  }

  /** Whether nothing is known to be between them; a new epoch begins with 1, or is empty yet. */
  private static boolean isNext(Position next, Position earlier) {
    return next.epoch() == earlier.epoch()
        ? next.offset() == earlier.offset() + 1
        : next.offset() <= 1;
  }

  private static Position last(List<Publication> publications) {
    return publications.getLast().position();
  }

  /**
   * @param reached where the publications end, if all of them are given
   */
  private static Catchup caughtUp(
      Verdict verdict, Position start, List<Publication> all, Position reached) {
    int taken = 0;
    for (int bytes = 0; taken < all.size() && bytes < BYTES_MAX; taken++) {
      bytes += all.get(taken).message().size();
    }
    List<Publication> given = all.subList(0, taken);
    return new Catchup(verdict, start, given, taken == all.size() ? reached : last(given));
  }

  /** What is given, a run for each epoch; none when nothing is given. */
  public List<Run> runs() {
    List<Run> runs = new ArrayList<>(1);
    Position at = start;
    int first = 0;
    while (first < missed.size()) {
      long epoch = missed.get(first).position().epoch();
      int behind = first;
      while (behind < missed.size() && missed.get(behind).position().epoch() == epoch) {
        behind++;
      }
      Position to = behind == missed.size() && epoch == end.epoch() ? end : last(missed, behind);
      runs.add(Run.behind(at, to, missed.subList(first, behind)));
      at = to;
      first = behind;
    }
    if (end.epoch() != at.epoch()) {
      runs.add(Run.behind(at, end, List.of()));
    }
    return runs;
  }

  private static Position last(List<Publication> publications, int behind) {
    return publications.get(behind - 1).position();
  }

  /**
   * Publications of one epoch without a hole, but for operations that are in them already.
   *
   * @param from what they stand right behind
   * @param to where they end
   * @param previous where the epoch before ended, when the run begins an epoch
   */
  public record Run(
      Position from, Position to, @Nullable Position previous, List<Publication> publications) {
    private static Run behind(Position at, Position to, List<Publication> publications) {
      return to.epoch() == at.epoch()
          ? new Run(at, to, null, publications)
          : new Run(new Position(to.epoch(), 0), to, at, publications);
    }
  }

  /** Whether something lies between what is given and the log's top. */
  public boolean isCutShortOf(Position top) {
    return top.isAfter(end);
  }
}
