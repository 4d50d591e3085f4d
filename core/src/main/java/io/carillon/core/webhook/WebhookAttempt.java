package io.carillon.core.webhook;

/**
 * One call of an endpoint, as the ledger has it. Immutable.
 *
 * @param atMillis when it began, in milliseconds since 1970
 * @param attempt which one it was for the oldest of its events; 0 for a test call
 */
public record WebhookAttempt(
    WebhookId endpoint, String callId, long atMillis, int attempt, Result result) {
  /**
   * What became of a call.
   *
   * @param millis how long it took
   * @param status HTTP's, or 0 when no answer came
   * @param reply the beginning of the answer's body, or why there was none
   */
  public record Result(int millis, int status, String reply) {
    /** Of an answer so much is kept. */
    public static final int REPLY_BYTES_MAX = 1_024;

    public boolean isAccepted() {
      return status >= 200 && status < 300;
    }
  }
}
