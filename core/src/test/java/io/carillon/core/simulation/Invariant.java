package io.carillon.core.simulation;

/** What holds after every step, or once everything works again. */
enum Invariant {
  /**
   * What was acknowledged stands where the answer said, and in the archive of archived channels.
   */
  ACKED_NEVER_LOST("AckedNeverLost"),
  /** No client is given a position or a message twice. */
  NO_DUPLICATE_AT_CLIENT("NoDuplicateAtClient"),
  /**
   * Everyone sees the log's order, and each publisher's acknowledgements follow each other in it.
   */
  ONE_ORDER_PER_CHANNEL("OneOrderPerChannel"),
  /** A hole is told at once on the connection, and a lost end within a few seconds. */
  NO_SILENT_GAP("NoSilentGap"),
  /** Offsets are dense from 1, and a push has everything in the range that it covers. */
  DENSE_OFFSETS("DenseOffsets"),
  /** After "recovered" nothing is missing. */
  RECOVERED_TELLS_TRUTH("RecoveredTellsTruth"),
  /** What waits in a node is bounded. */
  QUEUES_BOUNDED("QueuesBounded"),
  /** History has the same messages at the same positions. */
  HISTORY_AGREES_WITH_DELIVERY("HistoryAgreesWithDelivery"),
  /** A request gets at most one answer; in the end every client and publisher has its own. */
  ANSWERED_ONCE("AnsweredOnce");

  private final String title;

  Invariant(String title) {
    this.title = title;
  }

  @Override
  public String toString() {
    return title;
  }
}
