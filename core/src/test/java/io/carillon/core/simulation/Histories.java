package io.carillon.core.simulation;

import io.carillon.core.history.HistoryPage;
import io.carillon.core.history.HistoryQuery;
import io.carillon.core.history.HistoryQuery.Direction;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.Position;
import io.carillon.core.model.Publication;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads every channel's history through one node, page by page both ways, and compares. */
final class Histories {
  private static final int PAGE = 37;
  private static final int PAGES_MAX = 10_000;

  private final World world;
  private final SimulatedNode node;
  private final List<Reading> readings = new ArrayList<>();

  Histories(World world, SimulatedNode node) {
    this.world = world;
    this.node = node;
    for (ChannelId channel : world.channels()) {
      for (Direction direction : Direction.values()) {
        Reading reading = new Reading(channel, direction);
        readings.add(reading);
        reading.readOn(null);
      }
    }
  }

  private final class Reading {
    private final ChannelId channel;
    private final Direction direction;
    private final List<Publication> found = new ArrayList<>();
    private int pages;
    private boolean done;

    Reading(ChannelId channel, Direction direction) {
      this.channel = channel;
      this.direction = direction;
    }

    private void readOn(@Nullable Position from) {
      node.node()
          .history()
          .read(new HistoryQuery(channel, direction, from, PAGE))
          .thenAccept(this::take);
    }

    private void take(HistoryPage page) {
      found.addAll(page.publications());
      if (!page.more() || ++pages > PAGES_MAX) {
        done = true;
      } else {
        readOn(found.getLast().position());
      }
    }
  }

  boolean isDone() {
    return readings.stream().allMatch(reading -> reading.done);
  }

  /** To be called when the reading has had its time. */
  void check() {
    for (Reading reading : readings) {
      if (!reading.done) {
        throw violation(reading, "was not answered");
      }
      List<Publication> oldestFirst =
          reading.direction == Direction.FORWARD ? reading.found : reading.found.reversed();
      check(reading, oldestFirst);
    }
  }

  private void check(Reading reading, List<Publication> found) {
    Truth truth = world.truth();
    Position last = new Position(0, 0);
    for (Publication publication : found) {
      Position position = publication.position();
      if (!position.isAfter(last)) {
        throw violation(reading, "has " + position + " behind " + last);
      }
      if (!Truth.nameOf(publication).equals(truth.at(reading.channel, position))) {
        throw violation(reading, "has something else at " + position);
      }
      last = position;
    }
    checkHotWindow(reading, found);
    if (world.isArchived(reading.channel)) {
      Set<Position> positions =
          found.stream().map(Publication::position).collect(Collectors.toSet());
      truth.acknowledged(reading.channel).stream()
          .filter(position -> !positions.contains(position))
          .findFirst()
          .ifPresent(
              lost -> {
                throw truth.violation(
                    Invariant.ACKED_NEVER_LOST,
                    reading.channel,
                    "history does not have " + lost + ", which was acknowledged");
              });
    }
  }

  /** What the log still has, history has. */
  private void checkHotWindow(Reading reading, List<Publication> found) {
    Position top = world.log().top(reading.channel);
    List<Publication> hot =
        world
            .log()
            .real()
            .read(reading.channel, new Position(top.epoch(), 0), PAGES_MAX)
            .toCompletableFuture()
            .join()
            .publications();
    if (!new HashSet<>(found).containsAll(hot)) {
      throw violation(reading, "lacks something that the log has up to " + top);
    }
  }

  private Violation violation(Reading reading, String what) {
    return world
        .truth()
        .violation(
            Invariant.HISTORY_AGREES_WITH_DELIVERY,
            reading.channel,
            "history " + reading.direction + " " + what);
  }
}
