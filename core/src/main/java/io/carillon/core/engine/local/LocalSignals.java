package io.carillon.core.engine.local;

import io.carillon.core.engine.SignalBus;
import io.carillon.core.model.Signal;
import java.util.function.Consumer;

/**
 * Signals within one process; the listener knows which channels it joined. Thread-safe once set.
 */
final class LocalSignals implements SignalBus {
  private Consumer<Signal> listener = signal -> {};

  @Override
  public void send(Signal signal) {
    listener.accept(signal);
  }

  @Override
  public void listen(Consumer<Signal> listener) {
    this.listener = listener;
  }
}
