package io.carillon.core.account;

import java.util.function.Supplier;

/** Makes several changes one. Thread-safe. */
public interface UnitOfWork {
  /**
   * Either all that the work changes through the ports is kept, or, when it throws, nothing.
   * Blocks.
   */
  <T> T atomically(Supplier<T> work);
}
