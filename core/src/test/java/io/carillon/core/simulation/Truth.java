package io.carillon.core.simulation;

import io.carillon.core.model.ChannelId;
import io.carillon.core.model.Position;
import io.carillon.core.model.Publication;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Everything that ever stood in the log, and what of it was acknowledged. A message's payload is
 * its own name, so that repeats are seen whatever becomes of ids. For one thread.
 */
final class Truth {
  private final Agenda agenda;
  private final Predicate<ChannelId> archived;
  private final Map<ChannelId, NavigableMap<Position, String>> all = new HashMap<>();
  private final Map<ChannelId, Set<Position>> acknowledged = new HashMap<>();
  private final Map<ChannelId, Set<Position>> passedOver = new HashMap<>();

  /** Where each message stood first; and those that a retry brought into a second epoch. */
  private final Map<String, Position> first = new HashMap<>();

  private final Set<String> inTwoEpochs = new HashSet<>();
  private int delivered;

  /**
   * @param archived whether a channel is archived
   */
  Truth(Agenda agenda, Predicate<ChannelId> archived) {
    this.agenda = agenda;
    this.archived = archived;
  }

  static String nameOf(Publication publication) {
    return publication.message().payload().asText();
  }

  Violation violation(Invariant invariant, ChannelId channel, String what) {
    return new Violation(
        invariant, "on " + channel.name() + ": " + what + "\n" + recall(channel), null);
  }

  String recall(ChannelId channel) {
    return agenda.recall(channel.name().value());
  }

  void note(ChannelId channel, String what) {
    agenda.note(channel.name().value(), what);
  }

  void appended(Publication publication) {
    ChannelId channel = publication.channel();
    NavigableMap<Position, String> log = of(channel);
    Position position = publication.position();
    Position last = log.isEmpty() ? new Position(0, 0) : log.lastKey();
    long expected = position.epoch() == last.epoch() ? last.offset() + 1 : 1;
    if (position.epoch() < last.epoch() || position.offset() != expected) {
      throw violation(Invariant.DENSE_OFFSETS, channel, position + " follows " + last);
    }
    String name = nameOf(publication);
    log.put(position, name);
    note(channel, "log has " + name + " at " + position);
    Position before = first.putIfAbsent(name, position);
    if (before != null && before.epoch() != position.epoch()) {
      if (archived.test(channel) && isAcknowledged(channel, before)) {
        throw violation(
            Invariant.NO_DUPLICATE_AT_CLIENT,
            channel,
            name + " was acknowledged at " + before + ", and is appended at " + position);
      }
      inTwoEpochs.add(name);
    }
  }

  /** An answer said that the message stands here. */
  void acknowledged(ChannelId channel, String name, Position position) {
    note(channel, "ack of " + name + " at " + position);
    if (!name.equals(of(channel).get(position))) {
      throw violation(
          Invariant.ACKED_NEVER_LOST,
          channel,
          name
              + " was acknowledged at "
              + position
              + ", where "
              + of(channel).get(position)
              + " is");
    }
    if (passedOver.getOrDefault(channel, Set.of()).contains(position)) {
      throw violation(
          Invariant.RECOVERED_TELLS_TRUTH,
          channel,
          name + " at " + position + " was acknowledged after someone had resumed behind it");
    }
    acknowledged.computeIfAbsent(channel, key -> new HashSet<>()).add(position);
  }

  /** Someone was told that nothing is missing, without this. */
  void passedOver(ChannelId channel, Position position) {
    passedOver.computeIfAbsent(channel, key -> new HashSet<>()).add(position);
  }

  boolean isAcknowledged(ChannelId channel, Position position) {
    return acknowledged.getOrDefault(channel, Set.of()).contains(position);
  }

  Set<Position> acknowledged(ChannelId channel) {
    return acknowledged.getOrDefault(channel, Set.of());
  }

  /**
   * A log that is lost knows no ids any more. What was acknowledged in an archive is known there.
   */
  boolean mayRepeat(String name) {
    return inTwoEpochs.contains(name);
  }

  @Nullable String at(ChannelId channel, Position position) {
    return of(channel).get(position);
  }

  NavigableMap<Position, String> between(ChannelId channel, Position after, Position upTo) {
    return upTo.isAfter(after) ? of(channel).subMap(after, false, upTo, true) : new TreeMap<>();
  }

  /** Checks that these are all there is in the range, in its order. */
  void checkRange(Invariant invariant, Range range, List<Publication> told) {
    List<String> names = told.stream().map(Truth::nameOf).toList();
    List<String> real = List.copyOf(between(range.channel(), range.after(), range.upTo()).values());
    if (!names.equals(real)) {
      throw violation(
          invariant,
          range.channel(),
          "(" + range.after() + ", " + range.upTo() + "] is " + real + ", told as " + names);
    }
  }

  record Range(ChannelId channel, Position after, Position upTo) {}

  void countDelivery() {
    delivered++;
  }

  int delivered() {
    return delivered;
  }

  int appended() {
    return all.values().stream().mapToInt(Map::size).sum();
  }

  private NavigableMap<Position, String> of(ChannelId channel) {
    return all.computeIfAbsent(channel, key -> new TreeMap<>());
  }
}
