package io.carillon.chaos.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Postgres, Redis, two nodes with sockets, two with the API and what stands before the sockets: one
 * service of real processes on this machine. Closed once, by whoever started it or by the end of
 * the suite's process; the faults are the suite's thread's alone.
 */
public final class Cluster implements AutoCloseable {
  public static final String KEY = "chaos-key";
  public static final String SECRET = "chaos-secret-chaos-secret";

  /** For which a member that lost its connection stays present. */
  public static final int GRACE_SECONDS = 4;

  private static final int MASTER_KEY_BYTES = 32;
  private static final int EACH_ROLE = 2;
  private static final List<String> JVM =
      List.of(
          "-Xmx" + NodeProcess.HEAP_MEGABYTES + "m",
          "-XX:+UseSerialGC",
          "-XX:+UseCompactObjectHeaders",
          "--sun-misc-unsafe-memory-access=allow",
          "-Dio.netty.noUnsafe=false",
          "-Xlog:disable");

  private final Path folder;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final List<NodeProcess> edges = new ArrayList<>();
  private final List<NodeProcess> apis = new ArrayList<>();
  private final PostgresServer postgres;
  private final RedisServer redis;
  private final Front front;
  private boolean closed;

  private Cluster(Path folder, Path jar, Consumer<String> progress) {
    this.folder = folder;
    Thread hook = Thread.ofPlatform().name("chaos-cleanup").unstarted(this::end);
    Runtime.getRuntime().addShutdownHook(hook);
    progress.accept("Postgres");
    this.postgres = opened(PostgresServer.start(folder.resolve("database")));
    progress.accept("Redis");
    this.redis = opened(RedisServer.start(folder.resolve("redis")));
    progress.accept("nodes");
    Map<String, String> shared = settings();
    launch("api", 1, jar, shared).awaitReady();
    launch("api", EACH_ROLE, jar, shared);
    launch("edge", 1, jar, shared);
    launch("edge", EACH_ROLE, jar, shared);
    nodes().forEach(NodeProcess::awaitReady);
    this.front = opened(new Front(edges));
  }

  /**
   * Starts all, and answers when all are ready.
   *
   * @param jar the packaged server
   * @param progress is told what is being started
   */
  public static Cluster start(Path jar, Consumer<String> progress) {
    try {
      return new Cluster(Files.createTempDirectory("carillon-chaos"), jar, progress);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, String> settings() {
    byte[] masterKey = new byte[MASTER_KEY_BYTES];
    new SecureRandom().nextBytes(masterKey);
    Map<String, String> settings = new HashMap<>();
    settings.put("CARILLON_HOST", "127.0.0.1");
    settings.put("CARILLON_POSTGRES_URL", postgres.url());
    settings.put("CARILLON_REDIS_URL", redis.url());
    settings.put("CARILLON_MASTER_KEY", Base64.getEncoder().encodeToString(masterKey));
    settings.put("CARILLON_BOOTSTRAP_APPS", "1:" + KEY + ":" + SECRET);
    settings.put("CARILLON_PRESENCE_GRACE_SECONDS", String.valueOf(GRACE_SECONDS));
    settings.put("CARILLON_DRAIN_DELAY_SECONDS", "1");
    settings.put("CARILLON_DRAIN_SPREAD_SECONDS", "2");
    return settings;
  }

  private NodeProcess launch(String role, int number, Path jar, Map<String, String> shared) {
    String name = role + "-" + number;
    int port = Ports.free();
    Map<String, String> environment = new HashMap<>(shared);
    environment.put("CARILLON_ROLES", role);
    environment.put("CARILLON_PORT", String.valueOf(port));
    environment.put("CARILLON_DATA", folder.resolve(name).toString());
    NodeProcess node =
        opened(
            new NodeProcess(name, port, folder.resolve(name + ".log"), command(jar), environment));
    (role.equals("api") ? apis : edges).add(node);
    return node;
  }

  private static List<String> command(Path jar) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM);
    Path archive = jar.resolveSibling("carillon.aot");
    if (Files.exists(archive)) {
      command.add("-XX:AOTCache=" + archive.toAbsolutePath());
    }
    command.addAll(List.of("-jar", jar.toAbsolutePath().toString()));
    return command;
  }

  private synchronized <T extends AutoCloseable> T opened(T part) {
    if (closed) {
      throw new IllegalStateException("the suite is ending");
    }
    open.push(part);
    return part;
  }

  public List<NodeProcess> edges() {
    return List.copyOf(edges);
  }

  public List<NodeProcess> apis() {
    return List.copyOf(apis);
  }

  public List<NodeProcess> nodes() {
    return Stream.concat(edges.stream(), apis.stream()).toList();
  }

  public PostgresServer postgres() {
    return postgres;
  }

  public RedisServer redis() {
    return redis;
  }

  public Front front() {
    return front;
  }

  /** Bytes of memory of each node and of Redis at this moment. */
  public Map<String, Long> residentBytes() {
    Map<String, Long> bytes = new LinkedHashMap<>();
    nodes().forEach(node -> bytes.put(node.name(), node.residentBytes()));
    bytes.put("redis", redis.residentBytes());
    return bytes;
  }

  /** The most that a node may have: its heap, and as much again for code, threads and buffers. */
  public static long residentBytesMax() {
    return (2L * NodeProcess.HEAP_MEGABYTES) << 20;
  }

  /** The last lines of everyone's log. */
  public String logTails(int lines) {
    StringBuilder tails = new StringBuilder();
    List<Path> logs = new ArrayList<>(nodes().stream().map(NodeProcess::log).toList());
    logs.add(redis.log());
    logs.add(postgres.log());
    for (Path log : logs) {
      tails.append("--- ").append(log.getFileName()).append('\n').append(tail(log, lines));
    }
    return tails.toString();
  }

  private static String tail(Path log, int lines) {
    try {
      List<String> all = Files.readAllLines(log);
      return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size())) + "\n";
    } catch (IOException | UncheckedIOException e) {
      return "(not readable: " + e.getMessage() + ")\n";
    }
  }

  /** The suite's process ends, perhaps by Ctrl-C and in the middle of a fault. */
  private void end() {
    Child.startNoMore();
    close();
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        System.err.println("While cleaning up: " + e.getMessage());
      }
    }
    delete(folder);
  }

  private static void delete(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    } catch (IOException | UncheckedIOException e) {
      System.err.println(folder + " could not be removed: " + e.getMessage());
    }
  }
}
