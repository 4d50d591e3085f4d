package io.carillon.client;

import org.jspecify.annotations.Nullable;

/** When a lost connection is tried again: clauses 7.3 and 7.4. Stateless. */
final class Backoff {
  /** A first retry comes within this time. */
  private static final long FIRST_MILLIS = 200;

  private static final long BASE_MILLIS = 300;
  private static final long MILLIS_MAX = 20_000;
  private static final int DOUBLINGS_MAX = 10;

  private Backoff() {}

  /**
   * Full jitter: any time up to one that doubles with each failure.
   *
   * @param chance from 0 to below 1
   */
  static long millis(int failures, double chance) {
    long most =
        failures == 0
            ? FIRST_MILLIS
            : Math.min(BASE_MILLIS << Math.min(failures, DOUBLINGS_MAX), MILLIS_MAX);
    return Math.round(chance * most);
  }

  /** What the server advised before, or what its close code says; null for the client's choice. */
  static @Nullable Retry retry(int code, @Nullable Frame advice) {
    if (advice != null) {
      String word = advice.text("v", "later");
      return word.equals("fatal") ? Retry.NO : Retry.of(word);
    }
    return switch (code / 100) {
      case 40 -> Retry.NO;
      case 41 -> Retry.LATER;
      case 42 -> Retry.NOW;
      case 43 -> Retry.TOKEN;
      default -> null;
    };
  }
}
