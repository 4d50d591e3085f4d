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

    /**
     * Take no client token of the application that fits, and cut off who came with one.
     *
     * @param value the token's id, the client's id or the key, as {@code by} says
     * @param issuedBefore seconds since 1970; a token issued in this second or later still counts.
     *     Without meaning for {@link By#TOKEN}
     */
    record RevokeTokens(AppId app, By by, String value, long issuedBefore) implements Order {
      /** What the tokens have in common. */
      public enum By {
        TOKEN,
        CLIENT,
        KEY
      }
    }
  }
}
