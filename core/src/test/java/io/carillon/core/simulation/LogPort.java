package io.carillon.core.simulation;

import io.carillon.core.engine.AppendOutcome;
import io.carillon.core.engine.ChannelLog;
import io.carillon.core.engine.Head;
import io.carillon.core.engine.Retention;
import io.carillon.core.engine.Slice;
import io.carillon.core.hub.Delivery;
import io.carillon.core.hub.Hub;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.Message;
import io.carillon.core.model.Position;
import io.carillon.core.model.Publication;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * One node's way to the log. A call takes effect late, or never, and its answer comes late, or
 * never although it took effect; the bus loses, repeats and reorders. A node that is dead hears
 * nothing. For one thread.
 */
final class LogPort implements ChannelLog {
  private static final int TIMEOUT_MILLIS = 2_000;

  private final SimulatedLog log;
  private final Agenda agenda;
  private final Weather weather;
  private final String node;
  private final Mutation mutation;

  /** What the node wants, from the call on; and what the bus brings, since it took effect. */
  private final Set<ChannelId> wanted = new HashSet<>();

  private final Set<ChannelId> subscribed = new HashSet<>();
  private Listener listener = publication -> {};
  private boolean alive = true;

  /** What is on its way in an older life of the bus never comes. */
  private int busLife;

  private boolean cut;
  private long lastArrival;

  LogPort(SimulatedLog log, String node, Mutation mutation) {
    this.log = log;
    this.agenda = log.agenda();
    this.weather = log.weather();
    this.node = node;
    this.mutation = mutation;
  }

  boolean isAlive() {
    return alive;
  }

  Listener listener() {
    return listener;
  }

  void kill() {
    alive = false;
    log.remove(this);
  }

  /** The bus to this node is gone for so long; then the node is told that it missed something. */
  void cutFor(int millis) {
    busLife++;
    cut = true;
    int life = busLife;
    agenda.note("world", "the bus to " + node + " is cut for " + millis + " ms");
    agenda.after(
        millis,
        () -> {
          if (alive && life == busLife) {
            cut = false;
            listener.doubted();
          }
        });
  }

  void send(Publication publication) {
    if (cut || !subscribed.contains(publication.channel()) || agenda.chance(weather.busLoss)) {
      return;
    }
    bring(publication);
    if (agenda.chance(weather.busRepeat)) {
      bring(publication);
    }
  }

  private void bring(Publication publication) {
    int life = busLife;
    long at =
        agenda.ticker().nanos()
            + (long) (agenda.random().nextDouble() * weather.busMillis * 1_000_000L);
    long arrival = weather.busReorders ? at : Math.max(at, lastArrival);
    lastArrival = Math.max(lastArrival, arrival);
    agenda.at(
        arrival,
        () -> {
          if (alive && life == busLife) {
            arrived(publication);
          }
        });
  }

  private void arrived(Publication publication) {
    if (mutation == Mutation.FEED_CHECKS_NO_DENSITY) {
      ((Hub) listener).deliver(new Delivery.Published(publication));
    } else {
      listener.published(publication);
    }
  }

  @Override
  public CompletionStage<AppendOutcome> append(
      ChannelId channel, Message message, Retention retention) {
    return call(() -> answered(log.real().append(channel, mutated(message), retention)));
  }

  @Override
  public CompletionStage<AppendOutcome> appendUnlessYoung(
      ChannelId channel, Message message, Retention retention, long epoch) {
    return call(
        () -> {
          Message sent = mutated(message);
          return answered(
              mutation == Mutation.YOUNG_EPOCH_IS_TRUSTED
                  ? log.real().append(channel, sent, retention)
                  : log.real().appendUnlessYoung(channel, sent, retention, epoch));
        });
  }

  private Message mutated(Message message) {
    return mutation == Mutation.RETRY_IS_NOT_RECOGNISED
        ? new Message(null, message.event(), message.payload(), message.origin())
        : message;
  }

  @Override
  public CompletionStage<Slice> read(ChannelId channel, Position after, int limit) {
    return call(() -> mutated(answered(log.real().read(channel, moved(after, limit), limit))));
  }

  /** Resuming reads more at once than anything else. */
  private Position moved(Position after, int limit) {
    return mutation == Mutation.CATCHUP_OFF_BY_ONE && limit >= 1_000
        ? new Position(after.epoch(), after.offset() + 1)
        : after;
  }

  private Slice mutated(Slice slice) {
    return mutation == Mutation.READ_HIDES_ITS_HOLE
        ? new Slice(slice.top(), true, slice.publications())
        : slice;
  }

  @Override
  public CompletionStage<Head> head(ChannelId channel) {
    return call(() -> answered(log.real().head(channel)));
  }

  @Override
  public CompletionStage<Head> join(ChannelId channel) {
    wanted.add(channel);
    return call(
        () -> {
          if (wanted.contains(channel)) {
            subscribed.add(channel);
          }
          return answered(log.real().join(channel));
        });
  }

  @Override
  public void leave(ChannelId channel) {
    wanted.remove(channel);
    subscribed.remove(channel);
  }

  @Override
  public void listen(Listener listener) {
    this.listener = listener;
  }

  private static <T> T answered(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  private <T> CompletionStage<T> call(Supplier<T> action) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    if (weather.logDown || agenda.chance(weather.callLoss)) {
      fail(answer);
    } else {
      agenda.within(weather.callMillis, () -> act(action, answer));
    }
    return answer;
  }

  private <T> void act(Supplier<T> action, CompletableFuture<T> answer) {
    if (weather.logDown) {
      fail(answer);
      return;
    }
    T value = action.get();
    if (agenda.chance(weather.answerLoss)) {
      fail(answer);
    } else {
      agenda.within(weather.callMillis, () -> hear(() -> answer.complete(value)));
    }
  }

  private void fail(CompletableFuture<?> answer) {
    agenda.within(
        TIMEOUT_MILLIS,
        () ->
            hear(
                () ->
                    answer.completeExceptionally(
                        new IllegalStateException("the log did not answer " + node))));
  }

  private void hear(Runnable answer) {
    if (alive) {
      answer.run();
    }
  }
}
