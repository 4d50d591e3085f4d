package io.carillon.edge.carrier.http;

/** A response that waits for frames. Called on the session's lane. */
interface Receiver {
  /** Whether it would take bytes now. */
  boolean isReady();

  /**
   * Takes whole frames, after {@link #isReady} said yes.
   *
   * @return whether it is complete now, and takes no more
   */
  boolean take(byte[] frames);

  /** Completes the response; nothing when it is complete. */
  void complete();
}
