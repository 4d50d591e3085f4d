package io.carillon.core.engine;

import io.carillon.core.model.Signal;
import java.util.function.Consumer;

/**
 * Carries signals to every node that joined their channel ({@link ChannelLog#join}), the sending
 * one too. As good as it can: a signal may be lost, but comes once at most, and those of one
 * connection on one channel keep their order. Thread-safe.
 */
public interface SignalBus {
  /** Sends the signal; never blocks, and drops it when it cannot be sent now. */
  void send(Signal signal);

  /** Sets who is told; called once, before anything is sent. The listener must not block. */
  void listen(Consumer<Signal> listener);
}
