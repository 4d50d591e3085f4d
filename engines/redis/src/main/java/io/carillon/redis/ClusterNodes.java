package io.carillon.redis;

import java.util.HashSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.providers.ClusterConnectionProvider;

/**
 * The masters of a cluster, each with its slots. Guarded by itself where it looks again; the homes
 * are shared.
 */
final class ClusterNodes implements Topology {
  /** A failover takes seconds; asking more often finds nothing new. */
  private static final long REFRESH_NANOS = 200_000_000;

  private static final Home UNKNOWN = new Home("a node that is not known yet");

  private final RedisAddress address;
  private final ConcurrentHashMap<Home, HostAndPort> servers = new ConcurrentHashMap<>();
  private volatile @Nullable ClusterConnectionProvider nodes;
  private long refreshedAt = System.nanoTime() - REFRESH_NANOS;

  ClusterNodes(RedisAddress address) {
    this.address = address;
  }

  @Override
  public Home homeOf(int slot) {
    ClusterConnectionProvider known = nodes;
    HostAndPort server = known == null ? null : known.getNode(slot);
    return server == null ? UNKNOWN : homeAt(server);
  }

  @Override
  public Home homeAt(HostAndPort server) {
    Home home = new Home(server.toString());
    servers.putIfAbsent(home, server);
    return home;
  }

  @Override
  public Wire connect(Home home) {
    HostAndPort server = servers.get(home);
    if (server == null) {
      refresh();
      throw new JedisConnectionException(home + " (expected: a node of the cluster)");
    }
    Wire wire = new Wire(server, Logins.of(address));
    try {
      wire.getToKnow();
      return wire;
    } catch (JedisException e) {
      wire.close();
      throw e;
    }
  }

  @Override
  public synchronized void refresh() {
    long now = System.nanoTime();
    if (now - refreshedAt < REFRESH_NANOS) {
      return;
    }
    refreshedAt = now;
    ClusterConnectionProvider known = nodes;
    if (known == null) {
      nodes = new ClusterConnectionProvider(new HashSet<>(address.hosts()), Logins.of(address));
    } else {
      known.renewSlotCache();
    }
  }

  @Override
  public synchronized void close() {
    ClusterConnectionProvider known = nodes;
    if (known != null) {
      known.close();
    }
  }
}
