package io.carillon.chaos;

import java.util.Arrays;
import java.util.Optional;

/** What goes wrong in a cell. */
public enum Fault {
  /** For comparison. */
  NONE("none", "nothing"),
  EDGE_KILL("edge-kill", "an edge ends by SIGKILL and is started again"),
  API_KILL("api-kill", "a node with the API ends by SIGKILL and is started again"),
  EDGE_PAUSE("edge-pause", "an edge hangs for 8 s"),
  REDIS_PAUSE("redis-pause", "Redis hangs for 6 s"),
  REDIS_FLUSH("redis-flush", "Redis loses all that it has"),
  REDIS_RESTART("redis-restart", "Redis ends by SIGTERM and comes back after 1 s"),
  REDIS_KILL("redis-kill", "Redis ends by SIGKILL and comes back after 1 s"),
  POSTGRES_RESTART("postgres-restart", "Postgres stops at once and comes back after 1 s"),
  BUS_CUT("bus-cut", "Redis cuts all its clients, three times"),
  FULL_OUTBOX("full-outbox", "a client stops reading in a flood"),
  RECONNECT_STORM("reconnect-storm", "thousands of clients are cut at once and come back"),
  ROLLING_RESTART("rolling-restart", "each node drains, ends and is started again");

  private final String word;
  private final String what;

  Fault(String word, String what) {
    this.word = word;
    this.what = what;
  }

  /** How people call it. */
  public String word() {
    return word;
  }

  public String what() {
    return what;
  }

  /**
   * Whether the log that is not archived is gone for good: a Redis that does not write through
   * begins new epochs after a restart, as nobody can know what it lost (decision 0009).
   */
  boolean destroysLog() {
    return this == REDIS_FLUSH || this == REDIS_RESTART || this == REDIS_KILL;
  }

  static Optional<Fault> of(String word) {
    return Arrays.stream(values()).filter(fault -> fault.word.equals(word)).findFirst();
  }
}
