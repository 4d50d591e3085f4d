package io.carillon.core.testing;

import io.carillon.core.engine.AppendOutcome;
import io.carillon.core.engine.ChannelLog;
import io.carillon.core.engine.Head;
import io.carillon.core.engine.Retention;
import io.carillon.core.engine.Slice;
import io.carillon.core.engine.local.LocalEngine;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.Message;
import io.carillon.core.model.Position;
import io.carillon.core.model.Publication;
import io.carillon.core.runtime.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A log whose bus and whose reads are in a test's hands: a publication goes to the node when the
 * test says so, or never. For one thread.
 */
public final class HandLog implements ChannelLog {
  private final Ticker ticker;
  private ChannelLog real;
  private Listener node = publication -> {};
  private final List<Publication> published = new ArrayList<>();
  private final List<Runnable> waiting = new ArrayList<>();
  private final List<Join> joins = new ArrayList<>();
  private final List<String> forgotten = new ArrayList<>();
  private boolean joinsLate;
  private boolean late;
  private boolean broken;
  private int reads;

  private record Join(
      ChannelId channel, CompletableFuture<Head> answer, CompletableFuture<Head> heard) {}

  public HandLog(Ticker ticker) {
    this.ticker = ticker;
    real = opened(1);
  }

  private ChannelLog opened(long epochFloor) {
    ChannelLog opened = new LocalEngine(ticker, 64L << 20, epochFloor).ports().log();
    opened.listen(published::add);
    return opened;
  }

  /** Everything is gone; what comes has a higher epoch. */
  public void flush(ChannelId channel) {
    real = opened(real.head(channel).toCompletableFuture().join().top().epoch() + 1_000);
    real.join(channel);
  }

  /** The bus brings these, counted from 0 over everything that was published. */
  public void bring(int... indexes) {
    for (int index : indexes) {
      node.published(published.get(index));
    }
  }

  public void doubt() {
    node.doubted();
  }

  /** Reads wait for {@link #answer}. */
  public void setLate(boolean late) {
    this.late = late;
  }

  /** Reads fail. */
  public void setBroken(boolean broken) {
    this.broken = broken;
  }

  /** Joins wait for {@link #answerJoin}, and their answers for {@link #hear}. */
  public void setJoinsLate(boolean late) {
    joinsLate = late;
  }

  /** The join with this number takes effect. */
  public void answerJoin(int number) {
    Join join = joins.get(number);
    real.join(join.channel()).thenAccept(join.answer()::complete);
  }

  /** The answer to the join with this number arrives. */
  public void hear(int number) {
    Join join = joins.get(number);
    join.answer().thenAccept(join.heard()::complete);
  }

  /** Answers the reads that wait. */
  public void answer() {
    List<Runnable> all = List.copyOf(waiting);
    waiting.clear();
    all.forEach(Runnable::run);
  }

  /** How often it was read. */
  public int reads() {
    return reads;
  }

  @Override
  public CompletionStage<AppendOutcome> append(
      ChannelId channel, Message message, Retention retention) {
    return real.append(channel, message, retention);
  }

  @Override
  public CompletionStage<AppendOutcome> appendUnlessYoung(
      ChannelId channel, Message message, Retention retention, long epoch) {
    return real.appendUnlessYoung(channel, message, retention, epoch);
  }

  @Override
  public CompletionStage<Slice> read(ChannelId channel, Position after, int limit) {
    reads++;
    CompletableFuture<Slice> answer = new CompletableFuture<>();
    Runnable action =
        () -> {
          if (broken) {
            answer.completeExceptionally(new IllegalStateException("the log is down"));
          } else {
            real.read(channel, after, limit).thenAccept(answer::complete);
          }
        };
    if (late) {
      waiting.add(action);
    } else {
      action.run();
    }
    return answer;
  }

  @Override
  public CompletionStage<Void> forget(ChannelId channel, List<String> ids) {
    forgotten.addAll(ids);
    return CompletableFuture.completedFuture(null);
  }

  /** The ids that it was asked to let go of. */
  public List<String> forgotten() {
    return List.copyOf(forgotten);
  }

  @Override
  public CompletionStage<Head> head(ChannelId channel) {
    return real.head(channel);
  }

  @Override
  public CompletionStage<Head> join(ChannelId channel) {
    if (!joinsLate) {
      return real.join(channel);
    }
    Join join = new Join(channel, new CompletableFuture<>(), new CompletableFuture<>());
    joins.add(join);
    return join.heard();
  }

  @Override
  public void leave(ChannelId channel) {
    real.leave(channel);
  }

  @Override
  public void listen(Listener listener) {
    node = listener;
  }
}
