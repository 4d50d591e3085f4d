package io.carillon.redis;

import java.nio.charset.StandardCharsets;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.SslOptions;

/** How connections are opened, and how long they wait. Stateless. */
final class Logins {
  /** A caller has to know after five seconds, so no attempt may take longer than two. */
  static final int ATTEMPT_MILLIS = 2_000;

  private static final int CONNECT_MILLIS = 1_000;

  private Logins() {}

  static JedisClientConfig of(RedisAddress address) {
    RedisAddress.Login login = address.login();
    DefaultJedisClientConfig.Builder config =
        plain(login.encrypted()).database(login.database()).user(login.user());
    if (login.password() != null) {
      config.password(new String(login.password().reveal(), StandardCharsets.UTF_8));
    }
    return config.build();
  }

  /** Sentinels know nothing of the users of the server. */
  static JedisClientConfig ofSentinel(RedisAddress address) {
    return plain(address.login().encrypted()).build();
  }

  private static DefaultJedisClientConfig.Builder plain(boolean encrypted) {
    DefaultJedisClientConfig.Builder config =
        DefaultJedisClientConfig.builder()
            .resp2()
            .autoNegotiateProtocol(false)
            .clientName("carillon")
            .connectionTimeoutMillis(CONNECT_MILLIS)
            .socketTimeoutMillis(ATTEMPT_MILLIS);
    return encrypted ? config.sslOptions(SslOptions.defaults()) : config;
  }
}
