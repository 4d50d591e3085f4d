package io.carillon.core.span;

import org.jspecify.annotations.Nullable;

/** What a thread works on while it serves a request, as a {@code traceparent}. */
public final class Current {
  private static final ThreadLocal<@Nullable String> TRACEPARENT = new ThreadLocal<>();

  private Current() {}

  /** Null when it is nothing that is traced. */
  public static @Nullable String get() {
    return TRACEPARENT.get();
  }

  /** From now on; answers what it was before, to be put back. */
  public static @Nullable String swap(@Nullable String next) {
    String before = TRACEPARENT.get();
    if (next == null) {
      TRACEPARENT.remove();
    } else {
      TRACEPARENT.set(next);
    }
    return before;
  }
}
