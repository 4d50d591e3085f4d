package io.carillon.core.engine;

import io.carillon.core.model.AppId;
import io.carillon.core.model.ChannelId;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * How many subscriptions each channel has, over all nodes.
 *
 * <p>Thread-safe. No call blocks; every stage completes and may complete on any thread.
 */
public interface Occupancy {
  /** This node has one subscription of the channel more. */
  void added(ChannelId channel);

  /** This node has one subscription of the channel less. */
  void removed(ChannelId channel);

  CompletionStage<Integer> subscriptions(ChannelId channel);

  /**
   * The application's channels that have subscriptions and whose names start with the prefix, in
   * the order of their names; the server's own channels (leading {@code #}) are left out.
   *
   * @param after only names behind this one; empty for all
   */
  CompletionStage<List<ChannelId>> occupied(AppId app, String prefix, String after, int limit);

  /** Sets who is told of changes; called once, before anything is added. */
  void listen(Listener listener);

  /** Is told of each change on channels that this node joined; must not block. */
  interface Listener {
    void counted(ChannelId channel, int subscriptions);
  }
}
