package io.carillon.chaos.check;

import io.carillon.chaos.check.Heard.Delivered;
import io.carillon.chaos.check.Heard.Missed;
import io.carillon.chaos.check.Violation.Promise;
import io.carillon.client.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Holds what clients wrote down against what they were promised. Every subscriber has to have been
 * subscribed before the first message. Used once, by one thread.
 */
public final class Checker {
  /** The log promises this many messages of a channel to those who come back. */
  static final int HOT_MESSAGES = 1_000;

  /**
   * It promises 120 s as well; history is asked up to 30 s after the last acknowledgement. In a
   * cell of more than two minutes the first messages were once missed that nobody had promised.
   */
  static final long HOT_NANOS = Duration.ofSeconds(90).toNanos();

  private final Evidence evidence;
  private final Map<String, List<Acked>> ackedOf;

  /** Where each id was acknowledged. */
  private final Map<String, Set<Position>> ackedAt;

  private final List<Violation> violations = new ArrayList<>();

  /** When the last acknowledgement came. */
  private final long newest;

  private Checker(Evidence evidence) {
    this.evidence = evidence;
    this.ackedOf = evidence.acked().stream().collect(Collectors.groupingBy(Acked::channel));
    this.ackedAt =
        evidence.acked().stream()
            .collect(
                Collectors.groupingBy(
                    Acked::id, Collectors.mapping(Acked::position, Collectors.toSet())));
    this.newest =
        evidence.acked().stream().mapToLong(acked -> acked.span().ackedNanos()).max().orElse(0);
  }

  /** All violations; none when every promise was kept. */
  public static List<Violation> violations(Evidence evidence) {
    Checker checker = new Checker(evidence);
    evidence.journals().forEach(checker::checkJournal);
    checker.ackedOf.values().forEach(checker::checkRealTime);
    checker.checkPositions();
    checker.checkOneOrder();
    evidence.histories().forEach(checker::checkHistory);
    return List.copyOf(checker.violations);
  }

  private void report(Promise promise, String detail) {
    violations.add(new Violation(promise, detail));
  }

  private void checkJournal(Journal journal) {
    checkSequence(journal);
    checkIds(journal);
    checkCompleteness(journal);
  }

  private void checkSequence(Journal journal) {
    Set<Position> seen = new HashSet<>();
    Position last = new Position(0, 0);
    for (Delivered delivered : journal.deliveries()) {
      Position at = delivered.position();
      if (!seen.add(at)) {
        report(Promise.NOTHING_TWICE, journal + ": position " + at + " again, " + delivered.id());
      } else if (at.compareTo(last) <= 0) {
        report(Promise.IN_ORDER, journal + ": " + at + " behind " + last + ", " + delivered.id());
      }
      last = at;
    }
  }

  private void checkIds(Journal journal) {
    Map<String, Position> places = new HashMap<>();
    for (Delivered delivered : journal.deliveries()) {
      if (!evidence.published().contains(delivered.id())) {
        report(
            Promise.NOTHING_INVENTED,
            journal + ": " + delivered.id() + " at " + delivered.position());
      }
      Position before = places.putIfAbsent(delivered.id(), delivered.position());
      if (before != null
          && !before.equals(delivered.position())
          && !forgotten(journal.channel(), delivered.id(), before, delivered.position())) {
        report(
            Promise.NOTHING_TWICE,
            journal + ": " + delivered.id() + " at " + before + " and " + delivered.position());
      }
    }
  }

  /**
   * A log that is lost takes the memory of its ids with it. An archive knows them all the same, but
   * for what was on its way into both.
   */
  private boolean forgotten(String channel, String id, Position first, Position second) {
    return evidence.logLost()
        && first.epoch() != second.epoch()
        && !(evidence.isArchived(channel) && ackedAt.getOrDefault(id, Set.of()).contains(first));
  }

  /** How often somebody got an id again because the log that knew it was lost. */
  public static int forgotten(Evidence evidence) {
    Checker checker = new Checker(evidence);
    return evidence.journals().stream().mapToInt(checker::countForgotten).sum();
  }

  private int countForgotten(Journal journal) {
    Map<String, Position> places = new HashMap<>();
    int count = 0;
    for (Delivered delivered : journal.deliveries()) {
      Position before = places.putIfAbsent(delivered.id(), delivered.position());
      count +=
          before != null
                  && forgotten(journal.channel(), delivered.id(), before, delivered.position())
              ? 1
              : 0;
    }
    return count;
  }

  private void checkCompleteness(Journal journal) {
    Set<Position> places =
        journal.deliveries().stream().map(Delivered::position).collect(Collectors.toSet());
    List<Missed> gaps =
        journal.heard().stream().filter(Missed.class::isInstance).map(Missed.class::cast).toList();
    for (Acked acked : ackedOf.getOrDefault(journal.channel(), List.of())) {
      if (places.contains(acked.position())) {
        continue;
      }
      Missed gap =
          gaps.stream().filter(each -> each.covers(acked.position())).findFirst().orElse(null);
      if (gap == null) {
        report(
            Promise.NOTHING_LOST,
            "%s: %s, acknowledged at %s; ends at %s"
                .formatted(journal, acked.id(), acked.position(), journal.newest()));
      } else if (evidence.isArchived(journal.channel())) {
        report(
            Promise.ARCHIVE_CLOSES_GAPS,
            "%s: %s, acknowledged at %s, is in the gap %s to %s (%s)"
                .formatted(
                    journal, acked.id(), acked.position(), gap.from(), gap.to(), gap.reason()));
      }
    }
  }

  /** Each id's first acknowledgements, by the time when they came and when they were asked for. */
  private void checkRealTime(List<Acked> acked) {
    List<Acked> firsts = acked.stream().filter(each -> !each.repeat()).toList();
    List<Acked> byAnswer = sorted(firsts, each -> each.span().ackedNanos());
    Position newest = new Position(0, 0);
    int answered = 0;
    for (Acked each : sorted(firsts, one -> one.span().begunNanos())) {
      while (answered < byAnswer.size()
          && byAnswer.get(answered).span().ackedNanos() < each.span().begunNanos()) {
        Position position = byAnswer.get(answered++).position();
        newest = position.compareTo(newest) > 0 ? position : newest;
      }
      if (each.position().compareTo(newest) <= 0) {
        report(
            Promise.REAL_TIME_ORDER,
            "%s: %s got %s after %s had been acknowledged"
                .formatted(each.channel(), each.id(), each.position(), newest));
      }
    }
  }

  private static List<Acked> sorted(List<Acked> acked, Function<Acked, Long> time) {
    return acked.stream().sorted(java.util.Comparator.comparing(time)).toList();
  }

  private void checkPositions() {
    Map<String, Position> first = new HashMap<>();
    for (Acked acked : evidence.acked()) {
      Position before = first.putIfAbsent(acked.id(), acked.position());
      if (before != null
          && !before.equals(acked.position())
          && !forgotten(acked.channel(), acked.id(), before, acked.position())) {
        report(
            Promise.ONE_POSITION,
            "%s: %s acknowledged at %s and %s"
                .formatted(acked.channel(), acked.id(), before, acked.position()));
      }
    }
  }

  /** A position of a channel names one message, whoever tells of it. */
  private void checkOneOrder() {
    Map<String, Map<Position, String>> known = new HashMap<>();
    evidence
        .acked()
        .forEach(each -> agree(known, each.channel(), each.position(), each.id(), "acknowledged"));
    for (Journal journal : evidence.journals()) {
      journal
          .deliveries()
          .forEach(
              each ->
                  agree(
                      known, journal.channel(), each.position(), each.id(), journal.subscriber()));
    }
    for (Past past : evidence.histories()) {
      past.entries()
          .forEach(each -> agree(known, past.channel(), each.position(), each.id(), "history"));
    }
  }

  private void agree(
      Map<String, Map<Position, String>> known,
      String channel,
      Position at,
      String id,
      String source) {
    String before = known.computeIfAbsent(channel, name -> new HashMap<>()).putIfAbsent(at, id);
    if (before != null && !before.equals(id)) {
      report(
          Promise.ONE_ORDER,
          channel + ": " + at + " is " + before + ", and " + id + " for " + source);
    }
  }

  private void checkHistory(Past past) {
    Map<String, Position> places = new HashMap<>();
    Position last = new Position(0, 0);
    for (Past.Entry entry : past.entries()) {
      if (entry.position().compareTo(last) <= 0) {
        report(
            Promise.HISTORY_AGREES,
            past.channel() + ": history has " + entry.position() + " behind " + last);
      }
      last = entry.position();
      Position before = places.putIfAbsent(entry.id(), entry.position());
      if (before != null && !forgotten(past.channel(), entry.id(), before, entry.position())) {
        report(
            Promise.HISTORY_AGREES,
            past.channel() + ": history has " + entry.id() + " at " + before + " and " + last);
      }
    }
    checkHistoryIsComplete(past);
  }

  private void checkHistoryIsComplete(Past past) {
    boolean hotWasKept = !evidence.logLost() && past.entries().size() < HOT_MESSAGES;
    if (!evidence.isArchived(past.channel()) && !hotWasKept) {
      return;
    }
    Set<Position> places =
        past.entries().stream().map(Past.Entry::position).collect(Collectors.toSet());
    long oldest = evidence.isArchived(past.channel()) ? Long.MIN_VALUE : newest - HOT_NANOS;
    for (Acked acked : ackedOf.getOrDefault(past.channel(), List.of())) {
      boolean promised = !acked.repeat() && acked.span().ackedNanos() >= oldest;
      if (promised && !places.contains(acked.position())) {
        report(
            Promise.HISTORY_AGREES,
            "%s: history has nothing at %s, where %s was acknowledged"
                .formatted(past.channel(), acked.position(), acked.id()));
      }
    }
  }
}
