package io.carillon.core.publish;

import io.carillon.core.runtime.Lane;
import java.time.Duration;

/**
 * What a node needs to take operations.
 *
 * @param targets finds what an operation is about
 * @param lane all operations of the node go by it
 * @param window for how long appends to one message are gathered, up to {@link #WINDOW_MAX}; zero
 *     sends each by itself
 */
public record Editing(Targets targets, Lane lane, Duration window) {
  public static final Duration WINDOW_DEFAULT = Duration.ofMillis(40);
  public static final Duration WINDOW_MAX = Duration.ofMillis(500);

  public Editing {
    if (window.isNegative() || window.compareTo(WINDOW_MAX) > 0) {
      throw new IllegalArgumentException(
          "window: " + window + " (expected: 0 to " + WINDOW_MAX.toMillis() + " ms)");
    }
  }
}
