package io.carillon.core.simulation;

import io.carillon.core.error.ErrorCode;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.Message;
import io.carillon.core.model.Message.Origin;
import io.carillon.core.model.Payload;
import io.carillon.core.model.Position;
import io.carillon.core.publish.PublishCommand;
import io.carillon.core.publish.PublishOutcome;
import io.carillon.core.publish.PublishOutcome.Published;
import io.carillon.core.publish.PublishOutcome.Refused;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A publisher: one message after the other, each tried again with its id until it is acknowledged
 * or given up. For one thread.
 */
final class Publishing {
  private static final int TIMEOUT_MILLIS = 4_000;
  private static final int TRIES_MAX = 8;
  private static final double REPEATED = 0.1;
  private static final int REPEATED_WITHIN_MILLIS = 8_000;

  private final World world;
  private final Agenda agenda;
  private final String name;
  private final int pauseMillis;
  private final Map<ChannelId, Position> lastAcked = new HashMap<>();
  private int messages;
  private boolean resting;

  /** A message on its way. */
  private final class Attempt {
    private final ChannelId channel;
    private final String id = name + "-" + ++messages;
    private int tries;
    private boolean done;

    /** Where it was acknowledged. */
    private @Nullable Position position;

    Attempt(ChannelId channel) {
      this.channel = channel;
    }
  }

  Publishing(World world, String name) {
    this.world = world;
    this.agenda = world.agenda();
    this.name = name;
    this.pauseMillis = agenda.between(5, 300);
    next();
  }

  void rest() {
    resting = true;
  }

  private void next() {
    if (!resting) {
      agenda.within(2 * pauseMillis, () -> tryOnce(new Attempt(world.anyChannel())));
    }
  }

  private void tryOnce(Attempt attempt) {
    if (attempt.done) {
      return;
    }
    if (++attempt.tries > TRIES_MAX) {
      attempt.done = true;
      world.truth().note(attempt.channel, name + " gives " + attempt.id + " up");
      next();
      return;
    }
    int number = attempt.tries;
    SimulatedNode node = world.anyNode();
    if (node != null) {
      send(node, attempt);
    }
    agenda.after(TIMEOUT_MILLIS, () -> again(attempt, number));
  }

  private void again(Attempt attempt, int number) {
    if (attempt.tries == number) {
      tryOnce(attempt);
    }
  }

  private void send(SimulatedNode node, Attempt attempt) {
    Message message =
        new Message(attempt.id, "event", Payload.text(attempt.id), Origin.Backend.TO_EVERYONE);
    int number = attempt.tries;
    node.node()
        .publisher()
        .publish(new PublishCommand(world.app(), attempt.channel.name(), message))
        .whenComplete(
            (outcome, failure) -> {
              if (!attempt.done) {
                answered(attempt, number, outcome);
              }
            });
  }

  private void answered(Attempt attempt, int number, @Nullable PublishOutcome outcome) {
    switch (outcome) {
      case Published(var position, var duplicate) -> {
        boolean first = attempt.position == null;
        if (first) {
          attempt.position = position;
          acknowledged(attempt, position);
        } else {
          acknowledgedAgain(attempt, position);
        }
        if (first && !resting && agenda.chance(REPEATED)) {
          // as who has lost the answer does
          agenda.within(REPEATED_WITHIN_MILLIS, () -> again(attempt, number));
        } else {
          attempt.done = true;
          next();
        }
      }
      case Refused(var problem) when problem.code() != ErrorCode.UNAVAILABLE ->
          throw world
              .truth()
              .violation(Invariant.ANSWERED_ONCE, attempt.channel, "refused: " + problem);
      case null, default -> agenda.within(1_000, () -> again(attempt, number));
    }
  }

  /** Only a log that was lost, and nobody archived, has it elsewhere now. */
  private void acknowledgedAgain(Attempt attempt, Position position) {
    world.truth().acknowledged(attempt.channel, attempt.id, position);
    if (world.isArchived(attempt.channel) && !position.equals(attempt.position)) {
      throw world
          .truth()
          .violation(
              Invariant.NO_DUPLICATE_AT_CLIENT,
              attempt.channel,
              attempt.id + " was acknowledged at " + attempt.position + " and at " + position);
    }
  }

  private void acknowledged(Attempt attempt, Position position) {
    ChannelId channel = attempt.channel;
    world.truth().acknowledged(channel, attempt.id, position);
    if (world.isArchived(channel) && !world.archive().has(channel, position)) {
      throw world
          .truth()
          .violation(
              Invariant.ACKED_NEVER_LOST,
              channel,
              attempt.id + " was acknowledged before it was committed");
    }
    Position before = lastAcked.put(channel, position);
    if (before != null && !position.isAfter(before)) {
      throw world
          .truth()
          .violation(
              Invariant.ONE_ORDER_PER_CHANNEL,
              channel,
              name + " published " + attempt.id + " at " + position + " after " + before);
    }
  }
}
