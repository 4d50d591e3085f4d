package io.carillon.core.publish;

import io.carillon.core.model.ChannelId;
import io.carillon.core.model.Publication;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Finds what an operation is about. Thread-safe. */
public interface Targets {
  /**
   * The newest message with this id, as it is now; empty when it is not kept.
   *
   * @return fails when the log or the archive cannot be reached
   */
  CompletionStage<Optional<Publication>> find(ChannelId channel, String id);
}
