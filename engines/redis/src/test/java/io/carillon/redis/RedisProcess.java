package io.carillon.redis;

import static java.nio.file.attribute.PosixFilePermission.OWNER_EXECUTE;
import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A Redis server that the tests start themselves, on a free port and with a folder of its own. It
 * is stopped by its process when it is closed, or with the tests' own process. Confined to its
 * test.
 */
public final class RedisProcess implements AutoCloseable {
  private static final String VERSION = "7.0.15";
  private static final long START_SECONDS_MAX = 20;
  private static final int FIRST_PORT = 20_000;
  private static final int LAST_PORT = 50_000;

  private final Path folder;
  private final List<String> options;
  private final int port;
  private Process process;

  private RedisProcess(List<String> options) throws IOException {
    this.folder = Files.createTempDirectory("carillon-test-redis");
    this.options = List.copyOf(options);
    this.port = freePort();
    this.process = launch();
    Runtime.getRuntime().addShutdownHook(new Thread(this::close));
  }

  public static RedisProcess start(String... options) {
    try {
      RedisProcess server = new RedisProcess(List.of(options));
      server.awaitReady();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return port;
  }

  RedisAddress address(String prefix) {
    return RedisAddress.single("127.0.0.1", port, prefix);
  }

  Jedis client() {
    return new Jedis("127.0.0.1", port);
  }

  private Process launch() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(binary().toString());
    command.addAll(List.of("--port", String.valueOf(port), "--bind", "127.0.0.1", "--save", ""));
    command.addAll(List.of("--dir", folder.toString(), "--maxmemory", "512mb"));
    command.addAll(options);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("redis.log").toFile())
        .start();
  }

  private void awaitReady() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS_MAX);
    while (true) {
      try (Jedis client = client()) {
        client.ping();
        return;
      } catch (JedisException e) {
        if (System.nanoTime() - end > 0 || !process.isAlive()) {
          throw new IllegalStateException("Redis does not start; see " + folder, e);
        }
        LockSupport.parkNanos(10_000_000);
      }
    }
  }

  /** Ends the process without a word. */
  public void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** Starts it again, with what it has on its disk. */
  public void startAgain() throws IOException {
    process = launch();
    awaitReady();
  }

  /** Stops it where it stands, as a machine does that hangs; and lets it go on. */
  void pause() throws IOException, InterruptedException {
    signal("-STOP");
  }

  void resume() throws IOException, InterruptedException {
    signal("-CONT");
  }

  private void signal(String signal) throws IOException, InterruptedException {
    int code = new ProcessBuilder("kill", signal, String.valueOf(process.pid())).start().waitFor();
    if (code != 0) {
      throw new IllegalStateException("kill " + signal + " answers " + code);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    awaitEnd();
    try (Stream<Path> paths = Files.exists(folder) ? Files.walk(folder) : Stream.empty()) {
      paths.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitEnd() {
    try {
      process.waitFor(START_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One above which a cluster's own port, 10,000 higher, is a port, too. */
  static int freePort() throws IOException {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
          ServerSocket bus = new ServerSocket(port + 10_000, 1, InetAddress.getLoopbackAddress())) {
        return Math.min(socket.getLocalPort(), bus.getLocalPort());
      } catch (BindException e) {
        // taken: another one
      }
    }
  }

  private static final class Binary {
    static final Path PATH = unpack();

    private static Path unpack() {
      String name = "redis-server-" + VERSION + "-" + system() + "-" + processor();
      try (InputStream in = RedisProcess.class.getResourceAsStream("/" + name)) {
        if (in == null) {
          throw new IllegalStateException(name + " (expected: a server for this machine)");
        }
        Path file = Files.createTempFile("carillon-redis-server", "");
        file.toFile().deleteOnExit();
        Files.write(file, in.readAllBytes());
        Files.setPosixFilePermissions(file, Set.of(OWNER_READ, OWNER_WRITE, OWNER_EXECUTE));
        return file;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static String system() {
      String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
      return name.contains("mac") ? "darwin" : "linux";
    }

    private static String processor() {
      return System.getProperty("os.arch", "").equals("aarch64") ? "arm64" : "amd64";
    }
  }

  static Path binary() {
    return Binary.PATH;
  }
}
