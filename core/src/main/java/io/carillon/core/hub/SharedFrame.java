package io.carillon.core.hub;

/**
 * Deliveries in the form in which they go over a wire, encoded once and handed to every recipient.
 * Opaque to the hub; whoever makes one may keep a reference-counted buffer inside.
 */
public interface SharedFrame {
  /** Whether the wire format has nothing to say of any of them, so that nobody needs a write. */
  boolean isEmpty();

  /** How many bytes these parts have on the wire. */
  default int bytes(int from, int to) {
    return 0;
  }

  /** The hub has handed it to everyone; recipients that still need it hold it by themselves. */
  void release();
}
