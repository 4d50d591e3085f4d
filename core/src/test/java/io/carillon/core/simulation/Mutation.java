package io.carillon.core.simulation;

/** Faults of Carillon's own that the simulation has to find; each stands for a line of code. */
enum Mutation {
  NONE,
  /** The hub hands on what the bus brings as it comes. */
  FEED_CHECKS_NO_DENSITY,
  /** No node compares its channels with the log's top. */
  FEED_NEVER_CHECKS_TOP,
  /** What could not be filled in is not announced. */
  SKIP_IS_NOT_TOLD,
  /** A resuming client is given what follows the position after its own. */
  CATCHUP_OFF_BY_ONE,
  /** A read that ends early is told as complete. */
  READ_HIDES_ITS_HOLE,
  /** A repeated id is appended again. */
  RETRY_IS_NOT_RECOGNISED,
  /** On archived channels, a log that was lost is taken at its word about ids. */
  YOUNG_EPOCH_IS_TRUSTED,
  /** An archived channel is acknowledged before the commit. */
  ACK_BEFORE_COMMIT,
  /** Messages that wait for a slow client are dropped without a word. */
  SLOW_CLIENT_LOSES_SILENTLY
}
