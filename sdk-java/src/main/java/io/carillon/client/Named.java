package io.carillon.client;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A listener of what has a name; without one of its own it gets all. Immutable. */
final class Named<E> {
  private final @Nullable String name;
  private final Consumer<E> listener;

  Named(@Nullable String name, Consumer<E> listener) {
    this.name = name;
    this.listener = listener;
  }

  void tell(String called, E event) {
    if (name == null || name.equals(called)) {
      listener.accept(event);
    }
  }
}
