package io.carillon.core.engine;

import io.carillon.core.model.App;
import io.carillon.core.model.AppId;
import io.carillon.core.model.KeyId;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who the applications are, as the hot path asks: every answer comes from memory, never blocks, and
 * is at most one second behind a change made on any node. Thread-safe.
 */
public interface Directory {
  /** The application with this id, or null when there is none. */
  @Nullable App app(AppId id);

  /** The application that has this active key, or null when none has. */
  @Nullable App appOfKey(KeyId id);

  /**
   * Tells of each application that was changed, added or removed, after the new state can be read
   * here. The listener is called one change at a time and must not block.
   */
  void onChange(Consumer<AppId> listener);

  /**
   * Tells of the revocations of client tokens that are kept: before this returns of all that may
   * still fit a token, then of each new one, perhaps more than once. A directory that keeps none
   * tells of none. The listener must not block.
   */
  default void onRevocation(Consumer<Revocation> listener) {}
}
