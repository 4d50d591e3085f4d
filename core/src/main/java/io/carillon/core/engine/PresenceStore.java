package io.carillon.core.engine;

import io.carillon.core.model.ChannelId;
import io.carillon.core.model.ConnectionId;
import io.carillon.core.model.Member;
import java.util.concurrent.CompletionStage;

/**
 * Who is present where, over all nodes. A user with several connections is one member.
 *
 * <p>Thread-safe. No call blocks; every stage completes and may complete on any thread.
 */
public interface PresenceStore {
  /**
   * The connection of this member is present on the channel from now on. Entering twice is entering
   * once; whoever enters as another user than before has left as the former one, even when there is
   * no room for the new one.
   *
   * @param maxMembers how many distinct users there may be
   */
  CompletionStage<EnterOutcome> enter(
      ChannelId channel, Member member, ConnectionId connection, int maxMembers);

  /** The connection is not present on the channel any more; nothing when it was not. */
  CompletionStage<Void> leave(ChannelId channel, ConnectionId connection);

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

  /** What became of an attempt to enter. */
  sealed interface EnterOutcome {
    /** The connection is present; the roster has it. */
    record Entered(Roster roster) implements EnterOutcome {}

    /** The channel has as many members as it may have. */
    record Full(int members) implements EnterOutcome {}
  }
}
