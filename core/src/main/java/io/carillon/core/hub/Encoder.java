package io.carillon.core.hub;

import java.util.List;

/**
 * Turns deliveries of one channel into one frame for every recipient with the same wire format. The
 * instance is the key of the format: recipients share a frame when they share the encoder. Called
 * on lanes, several at a time: thread-safe.
 */
public interface Encoder {
  /**
   * Encodes all of them into one frame.
   *
   * @param deliveries at least one, in order; part {@code i} of the frame is for delivery {@code i}
   */
  SharedFrame encode(List<Delivery> deliveries);

  /**
   * Whether a publication may be left out for the connection that it excludes. Formats whose
   * clients count positions say no, for they would see a hole.
   */
  default boolean mayLeaveOut() {
    return true;
  }
}
