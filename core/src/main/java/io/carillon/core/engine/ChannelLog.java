package io.carillon.core.engine;

import io.carillon.core.model.ChannelId;
import io.carillon.core.model.Message;
import io.carillon.core.model.Position;
import io.carillon.core.model.Publication;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The log: every channel is one totally ordered sequence of publications with dense offsets.
 *
 * <p>Thread-safe. No call blocks; every stage completes, exceptionally when the log cannot be
 * reached, and may complete on any thread.
 */
public interface ChannelLog {
  /**
   * Gives the message its position, remembers its ids, keeps it as retention says and hands it to
   * every node that joined the channel, in position order, as one atomic step. When one of {@link
   * Message#ids} is known already, nothing happens and the answer is where that one stands.
   */
  CompletionStage<AppendOutcome> append(ChannelId channel, Message message, Retention retention);

  /**
   * As {@link #append}, unless none of the ids is known and the log's memory of the channel's ids
   * does not reach back for {@link Retention#DEDUPE_WINDOW}: then nothing happens and the answer is
   * {@link AppendOutcome.Young}. One step with the append, so that a log that is lost in between
   * takes nothing on the strength of what it knew.
   *
   * @param epoch is not young whatever its age, as the caller knows its ids from elsewhere; 0 for
   *     none
   */
  default CompletionStage<AppendOutcome> appendUnlessYoung(
      ChannelId channel, Message message, Retention retention, long epoch) {
    return append(channel, message, retention);
  }

  /** Up to {@code limit} publications after the position, oldest first. */
  CompletionStage<Slice> read(ChannelId channel, Position after, int limit);

  /** What operations have made of the channel's messages. */
  default CompletionStage<Changes> changes(ChannelId channel) {
    return LogScan.changes(this, channel);
  }

  /** The newest message with this id that is kept and no operation, as it is now. */
  default CompletionStage<Optional<Publication>> find(ChannelId channel, String id) {
    return LogScan.find(this, channel, id);
  }

  /** Where the publication stands that this id would be answered with if it were repeated. */
  default CompletionStage<Optional<Position>> positionOf(ChannelId channel, String id) {
    return LogScan.positionOf(this, channel, id);
  }

  /**
   * Lets go of those of the ids that stand in an epoch that has ended, so that what they name can
   * be published again. A log that loses its ids together with its epoch has nothing to do.
   */
  default CompletionStage<Void> forget(ChannelId channel, List<String> ids) {
    return CompletableFuture.completedFuture(null);
  }

  /** The newest end of the channel's log. */
  CompletionStage<Head> head(ChannelId channel);

  /**
   * From now on the listener is told of the channel's publications; the answered head and the first
   * publication told of have nothing between them. Joining twice is joining once.
   */
  CompletionStage<Head> join(ChannelId channel);

  /** The listener need not be told of the channel any more. */
  void leave(ChannelId channel);

  /** What it counts by itself in the step that appends; empty when it leaves that to the node. */
  default Optional<AppendCounts> counts() {
    return Optional.empty();
  }

  /** Sets who is told; called once, before anything is joined. */
  void listen(Listener listener);

  /**
   * Is told of publications, for each channel in position order; must not block. On its way to
   * another process one may be lost, come twice or late all the same: the node's feed checks
   * density and reads what is missing.
   */
  interface Listener {
    void published(Publication publication);

    /**
     * Something may have been lost on the way to this node, on any channel: the connection was
     * gone, or a queue ran over. Called once it works again, so that what is appended from then on
     * is told of as before. An engine that loses nothing never calls it.
     */
    default void doubted() {}
  }
}
