package io.carillon.core.engine;

import io.carillon.core.model.AppId;
import java.util.function.Consumer;

/** Carries orders to every node, the sending one too, within a second. Thread-safe. */
public interface ControlBus {
  void broadcast(Order order);

  /** Adds a listener, which must not block. */
  void listen(Consumer<Order> listener);

  /** What every node has to do. */
  sealed interface Order {
    /** Close every connection that signed in as this user. */
    record TerminateUser(AppId app, String userId) implements Order {}
  }
}
