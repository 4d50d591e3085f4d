package io.carillon.client;

import java.util.List;

/** A way to the server that carries frames both ways, in order. Confined to the lane. */
interface Link {
  /** Sends the frames behind what was given before, in as few messages as the limits allow. */
  void send(List<String> frames);

  /** Ends it well, behind what was given before. Nothing is told of it any more. */
  void close();

  /** Ends it as if the network had. Nothing is told of it any more. */
  void abort();

  /** Makes a link and begins to open it. */
  @FunctionalInterface
  interface Dialer {
    Link dial(Listener listener);
  }

  /** What a link tells, on the lane; nothing after {@code closed}. */
  interface Listener {
    void opened();

    void received(List<Frame> frames);

    /**
     * It has ended.
     *
     * @param code of the close frame, or 1006 without one
     */
    void closed(int code, String reason);
  }
}
