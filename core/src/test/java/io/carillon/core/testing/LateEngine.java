package io.carillon.core.testing;

import io.carillon.core.engine.AppendOutcome;
import io.carillon.core.engine.Changes;
import io.carillon.core.engine.ChannelLog;
import io.carillon.core.engine.Head;
import io.carillon.core.engine.Ports;
import io.carillon.core.engine.PresenceEntry;
import io.carillon.core.engine.PresenceStore;
import io.carillon.core.engine.Retention;
import io.carillon.core.engine.Roster;
import io.carillon.core.engine.Slice;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.ConnectionId;
import io.carillon.core.model.Message;
import io.carillon.core.model.Position;
import io.carillon.core.model.Publication;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * An engine whose joining, entering and rosters happen, or fail, when a test says so; everything
 * else it does at once. For one thread.
 */
public final class LateEngine {
  private final Ports real;
  private final List<Call<?>> waiting = new ArrayList<>();
  private final Set<ChannelId> joined = new HashSet<>();
  private boolean late;
  private boolean broken;
  private Runnable afterJoin = () -> {};

  public LateEngine(Ports real) {
    this.real = real;
  }

  public Ports ports() {
    return real.withLog(new LateLog()).withPresence(new LatePresence());
  }

  public LateEngine setLate(boolean late) {
    this.late = late;
    return this;
  }

  /** From now on whatever can fail fails, when its time comes. */
  public void setBroken(boolean broken) {
    this.broken = broken;
  }

  /** Happens right after a join has read its head, before anyone hears of it. */
  public void setAfterJoin(Runnable afterJoin) {
    this.afterJoin = afterJoin;
  }

  public int waiting() {
    return waiting.size();
  }

  /** Channels that this node joined and has not left. */
  public Set<ChannelId> joined() {
    return Set.copyOf(joined);
  }

  /** Answers everything, in the order in which it was asked. */
  public void answerAll() {
    while (!waiting.isEmpty()) {
      answer(0);
    }
  }

  /** Answers the call at this place of those that wait. */
  public void answer(int index) {
    waiting.remove(index).run();
  }

  public void answerAny(Random random) {
    if (!waiting.isEmpty()) {
      answer(random.nextInt(waiting.size()));
    }
  }

  private <T> CompletionStage<T> call(Supplier<CompletionStage<T>> action) {
    Call<T> call = new Call<>(action);
    if (late) {
      waiting.add(call);
    } else {
      call.run();
    }
    return call.answer;
  }

  private final class Call<T> implements Runnable {
    private final CompletableFuture<T> answer = new CompletableFuture<>();
    private final Supplier<CompletionStage<T>> action;

    Call(Supplier<CompletionStage<T>> action) {
      this.action = action;
    }

    @Override
    public void run() {
      if (broken) {
        answer.completeExceptionally(new IllegalStateException("the engine is broken"));
      } else {
        action.get().thenAccept(answer::complete);
      }
    }
  }

  private final class LateLog implements ChannelLog {
    @Override
    public CompletionStage<AppendOutcome> append(
        ChannelId channel, Message message, Retention retention) {
      return broken
          ? CompletableFuture.failedFuture(new IllegalStateException("the engine is broken"))
          : real.log().append(channel, message, retention);
    }

    @Override
    public CompletionStage<AppendOutcome> appendUnlessYoung(
        ChannelId channel, Message message, Retention retention, long epoch) {
      return broken
          ? CompletableFuture.failedFuture(new IllegalStateException("the engine is broken"))
          : real.log().appendUnlessYoung(channel, message, retention, epoch);
    }

    @Override
    public CompletionStage<Slice> read(ChannelId channel, Position after, int limit) {
      return real.log().read(channel, after, limit);
    }

    @Override
    public CompletionStage<Changes> changes(ChannelId channel) {
      return real.log().changes(channel);
    }

    @Override
    public CompletionStage<Optional<Publication>> find(ChannelId channel, String id) {
      return call(() -> real.log().find(channel, id));
    }

    @Override
    public CompletionStage<Optional<Position>> positionOf(ChannelId channel, String id) {
      return call(() -> real.log().positionOf(channel, id));
    }

    @Override
    public CompletionStage<Head> head(ChannelId channel) {
      return call(() -> real.log().head(channel));
    }

    @Override
    public CompletionStage<Head> join(ChannelId channel) {
      return call(
          () -> {
            joined.add(channel);
            CompletionStage<Head> head = real.log().join(channel);
            afterJoin.run();
            return head;
          });
    }

    @Override
    public void leave(ChannelId channel) {
      joined.remove(channel);
      real.log().leave(channel);
    }

    @Override
    public void listen(ChannelLog.Listener listener) {
      real.log().listen(listener);
    }
  }

  private final class LatePresence implements PresenceStore {
    @Override
    public CompletionStage<EnterOutcome> enter(
        ChannelId channel, PresenceEntry entry, Hold hold, int usersMax) {
      return call(() -> real.presence().enter(channel, entry, hold, usersMax));
    }

    @Override
    public CompletionStage<Void> leave(ChannelId channel, String key, ConnectionId connection) {
      return real.presence().leave(channel, key, connection);
    }

    @Override
    public CompletionStage<Void> lost(ChannelId channel, String key, ConnectionId connection) {
      return real.presence().lost(channel, key, connection);
    }

    @Override
    public CompletionStage<Roster> roster(ChannelId channel) {
      return call(() -> real.presence().roster(channel));
    }

    @Override
    public void listen(PresenceStore.Listener listener) {
      real.presence().listen(listener);
    }
  }
}
