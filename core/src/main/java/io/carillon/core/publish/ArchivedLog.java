package io.carillon.core.publish;

import io.carillon.core.engine.AppendOutcome;
import io.carillon.core.engine.Archive;
import io.carillon.core.engine.ChannelLog;
import io.carillon.core.engine.Retention;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.Message;
import io.carillon.core.model.Position;
import io.carillon.core.runtime.Ticker;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The log as archived channels have it: it knows an id also when the log was lost since that was
 * published, because the archive is asked for it while the channel's epoch is young. Thread-safe:
 * the map is guarded by itself, and each channel's part by its {@link ArchivedChannel}.
 */
final class ArchivedLog {
  /** Channels whose epochs are known; of another one the first message waits for its own answer. */
  private static final int CHANNELS_MAX = 10_000;

  /** What may wait for the archive on this node, all channels together. */
  private static final long WAITING_BYTES_MAX = 32L << 20;

  private final Parts parts;
  private final AtomicLong waitingBytes = new AtomicLong();

  /** Least recently used first. */
  private final Map<ChannelId, ArchivedChannel> channels = new LinkedHashMap<>(16, 0.75f, true);

  /** What a message is put into the log with. */
  record Parts(ChannelLog log, Archive archive, Ticker ticker) {}

  ArchivedLog(Parts parts) {
    this.parts = parts;
  }

  /**
   * Appends in the order in which it is called. Fails when the log or the archive cannot be
   * reached; then the message may be in the log or not.
   */
  CompletionStage<AppendOutcome> append(ChannelId channel, Message message, Retention retention) {
    ArchivedChannel entered = enter(channel);
    CompletableFuture<AppendOutcome> answer = entered.append(message, retention);
    answer.whenComplete((outcome, failure) -> leave(entered));
    return answer;
  }

  /** Where the first message or operation with this id stands, as far as anyone still knows. */
  CompletionStage<Optional<Position>> positionOf(ChannelId channel, String id) {
    return parts
        .log()
        .positionOf(channel, id)
        .thenCompose(
            known ->
                known.isPresent()
                    ? CompletableFuture.completedFuture(known)
                    : archived(channel, List.of(id))
                        .thenApply(found -> Optional.ofNullable(found.get(id))));
  }

  /** Those of the ids that the archive has from inside the window. */
  CompletionStage<Map<String, Position>> archived(ChannelId channel, List<String> ids) {
    long since = parts.ticker().epochMillis() - Retention.DEDUPE_WINDOW.toMillis();
    return parts.archive().positionsOf(channel, ids, since);
  }

  Parts parts() {
    return parts;
  }

  /** Whether so much waits that nothing more should. */
  boolean isFull() {
    return waitingBytes.get() >= WAITING_BYTES_MAX;
  }

  /** So many bytes more wait; less, when it is negative. */
  void waits(long bytes) {
    waitingBytes.addAndGet(bytes);
  }

  private ArchivedChannel enter(ChannelId channel) {
    synchronized (channels) {
      ArchivedChannel there = channels.get(channel);
      if (there == null) {
        there = new ArchivedChannel(this, channel);
        channels.put(channel, there);
        forgetOne();
      }
      there.users++;
      return there;
    }
  }

  /** One that nobody uses: of those the order of what is on its way hangs on nothing. */
  private void forgetOne() {
    if (channels.size() <= CHANNELS_MAX) {
      return;
    }
    Iterator<ArchivedChannel> oldestFirst = channels.values().iterator();
    while (oldestFirst.hasNext()) {
      if (oldestFirst.next().users == 0) {
        oldestFirst.remove();
        return;
      }
    }
  }

  private void leave(ArchivedChannel left) {
    synchronized (channels) {
      left.users--;
    }
  }
}
