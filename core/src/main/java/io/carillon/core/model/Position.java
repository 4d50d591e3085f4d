package io.carillon.core.model;

/**
 * Where a publication stands in its channel's log.
 *
 * @param epoch which life of the log; a later epoch compares greater
 * @param offset dense from 1 within the epoch; 0 stands before the first publication
 */
public record Position(long epoch, long offset) implements Comparable<Position> {
  /** The largest epoch and offset (clause 3.2): what every client's numbers hold exactly. */
  public static final long NUMBER_MAX = (1L << 53) - 1;

  public Position {
    if (offset < 0) {
      throw new IllegalArgumentException("offset: " + offset + " (expected: 0 or more)");
    }
  }

  /** Whether a client may name a position of these numbers. */
  public static boolean isValid(long epoch, long offset) {
    return epoch >= 0 && epoch <= NUMBER_MAX && offset >= 0 && offset <= NUMBER_MAX;
  }

  @Override
  public int compareTo(Position other) {
    int byEpoch = Long.compare(epoch, other.epoch);
    return byEpoch != 0 ? byEpoch : Long.compare(offset, other.offset);
  }

  public boolean isAfter(Position other) {
    return compareTo(other) > 0;
  }

  @Override
  public String toString() {
    return offset + "@" + epoch;
  }
}
