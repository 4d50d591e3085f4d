package io.carillon.core.span;

import org.jspecify.annotations.Nullable;

/** The way to a tracing system. Thread-safe. */
public interface Spans {
  /** There is none, and nothing is made for it: whoever has this asks for no span. */
  Spans NONE =
      (name, kind, parent) -> {
        throw new IllegalStateException(name + " (expected: to be asked for where there is one)");
      };

  /** Which side of a call the work is. */
  enum Kind {
    SERVER,
    CLIENT,
    INTERNAL
  }

  /**
   * Some work begins.
   *
   * @param name what it is, one of few
   * @param parent what it is a part of, as W3C's {@code traceparent} says it; null for none
   */
  Span begin(String name, Kind kind, @Nullable String parent);
}
