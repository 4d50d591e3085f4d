package io.carillon.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/** A sentinel of the test's own, which alone decides who is the master. Confined to its test. */
final class RedisSentinel implements AutoCloseable {
  static final String MASTER = "carillon-test";

  private final int port;
  private final Path folder;
  private final Process process;

  /** Watches this master, and finds its replicas by itself. */
  RedisSentinel(RedisProcess master) {
    try {
      this.port = RedisProcess.freePort();
      this.folder = Files.createTempDirectory("carillon-test-sentinel");
      Path settings = folder.resolve("sentinel.conf");
      Files.write(
          settings,
          List.of(
              "port " + port,
              "bind 127.0.0.1",
              "dir " + folder,
              "sentinel monitor " + MASTER + " 127.0.0.1 " + master.port() + " 1",
              "sentinel down-after-milliseconds " + MASTER + " 500",
              "sentinel failover-timeout " + MASTER + " 5000"));
      String binary = RedisProcess.binary().toString();
      this.process =
          new ProcessBuilder(binary, settings.toString(), "--sentinel")
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("sentinel.log").toFile())
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  RedisAddress address() {
    return new RedisAddress(
        RedisAddress.Kind.SENTINEL,
        List.of(new HostAndPort("127.0.0.1", port)),
        MASTER,
        RedisAddress.Login.NONE,
        "t",
        0);
  }

  /** Whether it knows a replica that may take over. */
  boolean knowsReplica() {
    try (Jedis client = new Jedis("127.0.0.1", port)) {
      return client.sentinelReplicas(MASTER).stream()
          .anyMatch(replica -> "ok".equals(replica.get("master-link-status")));
    } catch (JedisException e) {
      return false;
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
      for (String name : List.of("sentinel.conf", "sentinel.log")) {
        Files.deleteIfExists(folder.resolve(name));
      }
      Files.deleteIfExists(folder);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
