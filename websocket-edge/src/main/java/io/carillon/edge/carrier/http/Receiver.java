package io.carillon.edge.carrier.http;

/** A response that waits for frames. Called on the session's lane. */
interface Receiver {
  /** Whether it would take bytes now. */
  boolean isReady();

  /** Whether it stays open for more. */
  boolean isStream();

  /** Up to how many bytes it wants at once; one whole frame more is taken as well. */
  int chunkBytes();

  /**
   * Takes whole frames, after {@link #isReady} said yes.
   *
   * @return whether it is complete now, and takes no more
   */
  boolean take(byte[] frames);

  /** Completes the response; nothing when it is complete. */
  void complete();
}
