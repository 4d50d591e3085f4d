package io.carillon.redis;

import redis.clients.jedis.Protocol.Command;

/**
 * How this server is spoken to. Immutable.
 *
 * @param bus how messages come to the nodes
 */
record Dialect(Bus bus, Skew skew) {
  /** How messages come to the nodes. */
  enum Bus {
    CLASSIC,
    /** Within their hash slot only, so that not every node of a cluster hears everything. */
    SHARDED,
    /** The same on a cluster, which takes channels of one slot in one command. */
    SHARDED_CLUSTER
  }

  /** How far a test has moved the server's time; 0 else. */
  interface Skew {
    Skew NONE = () -> 0;

    long millis();
  }

  byte[] publish() {
    return (bus == Bus.CLASSIC ? Command.PUBLISH : Command.SPUBLISH).getRaw();
  }

  Command subscribe() {
    return bus == Bus.CLASSIC ? Command.SUBSCRIBE : Command.SSUBSCRIBE;
  }

  Command unsubscribe() {
    return bus == Bus.CLASSIC ? Command.UNSUBSCRIBE : Command.SUNSUBSCRIBE;
  }

  boolean oneSlotAtATime() {
    return bus == Bus.SHARDED_CLUSTER;
  }

  long skewMillis() {
    return skew.millis();
  }
}
