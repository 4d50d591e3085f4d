package io.carillon.redis;

import java.util.List;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * One master for everything: a server, or the one that the sentinels name at the time of
 * connecting. Immutable.
 */
final class SingleMaster implements Topology {
  private final RedisAddress address;
  private final Home home;

  SingleMaster(RedisAddress address) {
    this.address = address;
    this.home = new Home(address.toString());
  }

  @Override
  public Home homeOf(int slot) {
    return home;
  }

  @Override
  public Home homeAt(HostAndPort server) {
    return home;
  }

  @Override
  public Wire connect(Home at) {
    Wire wire = new Wire(master(), Logins.of(address));
    try {
      wire.getToKnow();
      return wire;
    } catch (JedisException e) {
      wire.close();
      throw e;
    }
  }

  private HostAndPort master() {
    String name = address.master();
    if (name == null) {
      return address.hosts().getFirst();
    }
    JedisException failure = new JedisConnectionException("no sentinel knows " + name);
    for (HostAndPort sentinel : address.hosts()) {
      try (Jedis asked = new Jedis(sentinel, Logins.ofSentinel(address))) {
        List<String> found = asked.sentinelGetMasterAddrByName(name);
        if (found != null && found.size() == 2) {
          return new HostAndPort(found.get(0), Integer.parseInt(found.get(1)));
        }
      } catch (JedisException e) {
        failure = e;
      }
    }
    throw failure;
  }

  @Override
  public void refresh() {}

  @Override
  public void close() {}
}
