package io.carillon.redis;

import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.args.ClientType;
import redis.clients.jedis.params.ClientKillParams;

/**
 * The server that the suites run against, one for the whole run: the one that {@code
 * CARILLON_TEST_REDIS_URL} names ({@code redis://host:port}), else one in a container, else a
 * process of the tests. Each fixture has a prefix of its own. Immutable.
 */
final class TestRedis {
  private static final int PORT = 6379;

  private TestRedis() {}

  private static final class Shared {
    static final HostAndPort SERVER = choose();
  }

  static RedisAddress address() {
    HostAndPort server = Shared.SERVER;
    return RedisAddress.single(server.getHost(), server.getPort(), "test-" + UUID.randomUUID());
  }

  /** Ends all connections on which the server tells of what is published. */
  static void cut() {
    try (Jedis client = new Jedis(Shared.SERVER)) {
      client.clientKill(new ClientKillParams().type(ClientType.PUBSUB));
    }
  }

  private static HostAndPort choose() {
    String given = System.getenv("CARILLON_TEST_REDIS_URL");
    if (given != null) {
      System.out.println("Tests run against CARILLON_TEST_REDIS_URL");
      URI url = URI.create(given);
      return new HostAndPort(url.getHost(), url.getPort());
    }
    if (isDockerThere()) {
      System.out.println("Tests run against Redis in a container");
      return inContainer();
    }
    System.out.println("Tests run against a Redis of their own, as no Docker engine answers");
    return new HostAndPort("127.0.0.1", RedisProcess.start().port());
  }

  @SuppressWarnings("resource") // ends with the tests
  private static HostAndPort inContainer() {
    GenericContainer<?> container =
        new GenericContainer<>("redis:7.2-alpine").withExposedPorts(PORT);
    container.setCommandParts(List.of("redis-server", "--save", "").toArray(String[]::new));
    container.start();
    return new HostAndPort(container.getHost(), container.getMappedPort(PORT));
  }

  private static boolean isDockerThere() {
    try {
      return DockerClientFactory.instance().isDockerAvailable();
    } catch (IllegalStateException e) {
      return false;
    }
  }
}
