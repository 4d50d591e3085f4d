package io.carillon.redis;

import io.carillon.core.model.AppId;
import java.util.concurrent.CompletionStage;

/** What this node has told Redis of, and has to take back when a node is gone. Thread-safe. */
interface Holdings {
  /** Tells again what could not be told; called every second or so, and may block. */
  void retell();

  /** Everything is to be told again with the next {@link #retell}: Redis may have lost it. */
  void retellAll();

  /**
   * Takes back some of what a dead node had of the application; each piece exactly once, whoever
   * asks.
   *
   * @return how much is left
   */
  CompletionStage<Long> sweep(AppId app, String dead);
}
