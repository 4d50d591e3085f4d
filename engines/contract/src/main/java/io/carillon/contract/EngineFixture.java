package io.carillon.contract;

import io.carillon.core.engine.Movements;
import io.carillon.core.engine.Ports;
import java.time.Duration;

/** An engine on its own, empty at first, whose time a test drives. Closed after each case. */
public interface EngineFixture extends AutoCloseable {
  /** The ports of one node; nothing listens to them yet. */
  Ports ports();

  /** Who came and went; nobody follows yet. */
  Movements movements();

  /** Lets time pass for the engine, as far as anything of it expires. */
  void advance(Duration duration);

  /**
   * Cuts the way on which publications come to this node; it comes back by itself.
   *
   * @return false when there is no such way, because the log is in this process
   */
  default boolean cutBus() {
    return false;
  }

  @Override
  void close();
}
