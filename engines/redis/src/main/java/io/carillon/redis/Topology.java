package io.carillon.redis;

import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisException;

/** Which server has what, and connections to it. Thread-safe; connecting blocks. */
interface Topology extends AutoCloseable {
  /** Where the keys of a slot are, as far as is known. */
  Home homeOf(int slot);

  /** The home that is this server. */
  Home homeAt(HostAndPort server);

  /**
   * A connection to the master that is at home there.
   *
   * @throws JedisException when there is none
   */
  Wire connect(Home home);

  /** Looks again who has what; seldom, however often it is called. */
  void refresh();

  @Override
  void close();

  static Topology of(RedisAddress address) {
    return switch (address.kind()) {
      case SINGLE, SENTINEL -> new SingleMaster(address);
      case CLUSTER -> new ClusterNodes(address);
    };
  }

  /**
   * A place where keys are; requests of one slot take their order from it.
   *
   * @param name for people; equal homes have equal names
   */
  record Home(String name) {
    @Override
    public String toString() {
      return name;
    }
  }
}
