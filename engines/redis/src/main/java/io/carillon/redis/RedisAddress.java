package io.carillon.redis;

import io.carillon.core.model.Secret;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;

/**
 * Where Redis is and how to log in. Immutable.
 *
 * @param hosts one server, some nodes of the cluster, or the sentinels
 * @param master the name by which sentinels know the master; null but with sentinels
 * @param prefix what the names of all keys and channels begin with
 * @param replicas how many replicas have to have an append before it is acknowledged; 0 or more
 */
public record RedisAddress(
    Kind kind,
    List<HostAndPort> hosts,
    @Nullable String master,
    Login login,
    String prefix,
    int replicas) {
  public static final String DEFAULT_PREFIX = "carillon";

  /** What stands behind the address. */
  public enum Kind {
    SINGLE,
    CLUSTER,
    SENTINEL
  }

  /**
   * How to log in.
   *
   * @param user null for the default user
   * @param password null when the server asks for none
   * @param database 0 on a cluster
   */
  public record Login(
      @Nullable String user, @Nullable Secret password, int database, boolean encrypted) {
    public static final Login NONE = new Login(null, null, 0, false);
  }

  public RedisAddress {
    hosts = List.copyOf(hosts);
    if (hosts.isEmpty()) {
      throw new IllegalArgumentException("Redis hosts: none (expected: at least one)");
    }
  }

  /** One server without a login. */
  public static RedisAddress single(String host, int port, String prefix) {
    return new RedisAddress(
        Kind.SINGLE, List.of(new HostAndPort(host, port)), null, Login.NONE, prefix, 0);
  }

  /** For people: without the password. */
  @Override
  public String toString() {
    return kind == Kind.SENTINEL ? "master " + master + " of " + hosts : hosts.toString();
  }
}
