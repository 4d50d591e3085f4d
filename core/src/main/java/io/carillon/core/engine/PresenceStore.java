package io.carillon.core.engine;

import io.carillon.core.model.ChannelId;
import io.carillon.core.model.ConnectionId;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * Who is present where, over all nodes: a versioned roster for each channel. An entry is held by
 * the connection that entered last under its key, and ends exactly once: when that connection
 * leaves, or when it was lost and its grace has passed without another one entering under the key.
 * A node that stops without a word has lost all its connections, which an engine of several nodes
 * must notice within 10 seconds.
 *
 * <p>Thread-safe. No call blocks; every stage completes and may complete on any thread. Calls of
 * one node for one key take effect in the order in which they were made.
 */
public interface PresenceStore {
  /**
   * The entry is on the channel's roster and held by this connection from now on, whoever held it
   * before. Entering with what is there already is no change; with other data it is an update; as
   * another user it is a leave as the former one, even when there is no room for the new one.
   *
   * @param usersMax how many distinct users there may be
   */
  CompletionStage<EnterOutcome> enter(
      ChannelId channel, PresenceEntry entry, Hold hold, int usersMax);

  /** The entry leaves at once; nothing when this connection does not hold it. */
  CompletionStage<Void> leave(ChannelId channel, String key, ConnectionId connection);

  /**
   * The connection is gone: the entry leaves when its grace has passed, unless it is entered again;
   * nothing when this connection does not hold it. At most a second late.
   */
  CompletionStage<Void> lost(ChannelId channel, String key, ConnectionId connection);

  CompletionStage<Roster> roster(ChannelId channel);

  /** Sets who is told of changes; called once, before anyone enters. */
  void listen(Listener listener);

  /**
   * Is told of every change on channels that this node joined, for each channel in version order;
   * must not block.
   */
  interface Listener {
    void changed(PresenceChange change);
  }

  /**
   * By what an entry is held.
   *
   * @param grace how long it outlives a connection that was lost; 0 or more
   */
  record Hold(ConnectionId connection, Duration grace) {}

  /** What became of an attempt to enter. */
  sealed interface EnterOutcome {
    /**
     * The connection is present.
     *
     * @param version of a roster that has the entry
     */
    record Entered(long version) implements EnterOutcome {}

    /** The channel has as many users as it may have. */
    record Full(int users) implements EnterOutcome {}
  }
}
