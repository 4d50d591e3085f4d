package io.carillon.standalone;

import io.carillon.core.config.RedisUrl;
import io.carillon.redis.RedisAddress;
import io.carillon.redis.RedisAddress.Kind;
import io.carillon.redis.RedisAddress.Login;
import redis.clients.jedis.HostAndPort;

/** Says Carillon's Redis setting in the words of the engine. Stateless. */
final class RedisAddresses {
  private RedisAddresses() {}

  static RedisAddress of(RedisUrl url) {
    RedisUrl.Access access = url.access();
    return new RedisAddress(
        kindOf(url),
        url.servers().stream().map(HostAndPort::from).toList(),
        url.master(),
        new Login(access.user(), access.password(), access.database(), url.encrypted()),
        access.prefix(),
        access.replicas());
  }

  private static Kind kindOf(RedisUrl url) {
    return switch (url.kind()) {
      case SINGLE -> Kind.SINGLE;
      case CLUSTER -> Kind.CLUSTER;
      case SENTINEL -> Kind.SENTINEL;
    };
  }
}
