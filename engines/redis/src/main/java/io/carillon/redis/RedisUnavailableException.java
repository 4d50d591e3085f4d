package io.carillon.redis;

/** Redis did not do what it was asked, or nobody knows whether it did. */
public final class RedisUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final boolean uncertain;

  private RedisUnavailableException(String message, boolean uncertain) {
    super(message);
    this.uncertain = uncertain;
  }

  /** It was not done: doing it again is safe. */
  static RedisUnavailableException notDone(String reason) {
    return new RedisUnavailableException(reason + ": nothing was written", false);
  }

  /** It was sent and not answered: with an id, doing it again is safe. */
  static RedisUnavailableException uncertain(String reason) {
    return new RedisUnavailableException(
        reason + ": it may have been written or not; a retry with the same id is safe", true);
  }

  /** Whether it may have been done. */
  public boolean isUncertain() {
    return uncertain;
  }
}
