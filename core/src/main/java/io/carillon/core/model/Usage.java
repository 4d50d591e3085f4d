package io.carillon.core.model;

/**
 * How much was used in some time. Immutable; nothing in it is negative. What each figure counts
 * exactly is said in {@code docs/metering.md}.
 *
 * @param messages publications that were accepted
 * @param bytesIn bytes of their payloads and extras
 * @param deliveries publications that were handed to connections
 * @param bytesOut bytes of the frames that were handed to connections
 * @param connectionMillis milliseconds for which connections were open, added up
 * @param peakConnections connections that were open at once, at most
 */
public record Usage(
    long messages,
    long bytesIn,
    long deliveries,
    long bytesOut,
    long connectionMillis,
    int peakConnections) {
  public static final Usage NONE = new Usage(0, 0, 0, 0, 0, 0);

  /** What messages alone make. */
  public static Usage ofMessages(long messages, long bytes) {
    return new Usage(messages, bytes, 0, 0, 0, 0);
  }

  /** Both, one after the other: the peak is the larger one. */
  public Usage plus(Usage later) {
    return new Usage(
        messages + later.messages,
        bytesIn + later.bytesIn,
        deliveries + later.deliveries,
        bytesOut + later.bytesOut,
        connectionMillis + later.connectionMillis,
        Math.max(peakConnections, later.peakConnections));
  }
}
