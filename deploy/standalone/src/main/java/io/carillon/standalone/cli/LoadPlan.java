package io.carillon.standalone.cli;

/**
 * What a load does. Immutable.
 *
 * @param channels that each publisher publishes to in turn, and each subscriber listens to
 * @param subscribers connections that listen
 * @param publishers connections that publish
 */
record LoadPlan(int channels, int subscribers, int publishers, Load load, Time time) {
  /** Room for who sent it, its number and when. */
  static final int SIZE_MIN = 48;

  /**
   * How much is published.
   *
   * @param size of a message's data in bytes
   * @param rate messages in a second by all publishers together; 0 for as many as go
   * @param window messages of a publisher that may wait for their answers
   */
  record Load(int size, int rate, int window) {}

  /**
   * How long.
   *
   * @param seconds that count
   * @param warmUp seconds before them that do not
   */
  record Time(int seconds, int warmUp) {}
}
