package io.carillon.benchmark.system;

import io.carillon.benchmark.measure.MetricsPage;
import io.carillon.benchmark.measure.ProcFiles;
import io.carillon.benchmark.profile.Profile;
import io.carillon.benchmark.profile.Profile.Request;
import io.carillon.benchmark.profile.Template;
import io.carillon.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A system that was started for one run: its nodes, and a Redis and a Postgres where it needs them.
 * Confined to the thread that started it.
 */
public final class RunningSystem implements AutoCloseable {
  private static final int START_MILLIS_MAX = 60_000;
  private static final int STOP_SECONDS_MAX = 30;
  private static final int PAUSE_MILLIS = 5;
  private static final String MARK = "BENCHMARK_RUN";

  private final Profile profile;
  private final Launch launch;
  private final Path folder;
  private final String mark;
  private final List<Integer> ports = new ArrayList<>();
  private final List<Process> nodes = new ArrayList<>();
  private final Map<String, String> values = new HashMap<>();
  private @Nullable Process redis;
  private @Nullable EmbeddedPostgres postgres;

  private RunningSystem(Profile profile, Launch launch, Path folder) {
    this.profile = profile;
    this.launch = launch;
    this.folder = folder;
    this.mark = folder.getFileName().toString();
    values.putAll(launch.values());
    values.put("root", launch.root().toString());
    values.put("folder", folder.toString());
    values.put("key", "benchmark-key");
    values.put("secret", "benchmark-secret-of-at-least-32-bytes");
    values.put("app", "1");
    String basic = values.get("key") + ":" + values.get("secret");
    values.put(
        "basic",
        java.util.Base64.getEncoder().encodeToString(basic.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Starts all processes and returns when they listen.
   *
   * @param folder for its data; made when absent
   * @throws IllegalStateException when it does not start, with the end of its log
   */
  public static RunningSystem start(Profile profile, Launch launch, Path folder) {
    RunningSystem system = new RunningSystem(profile, launch, folder);
    try {
      Files.createDirectories(folder);
      system.startAll();
      return system;
    } catch (IOException | InterruptedException e) {
      system.close();
      throw new IllegalStateException(profile + " did not start: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      system.close();
      throw e;
    }
  }

  private void startAll() throws IOException, InterruptedException {
    if (profile.has("redis")) {
      startRedis();
    }
    if (profile.has("postgres")) {
      startPostgres();
    }
    for (int i = 0; i < profile.number("nodes", 1); i++) {
      startNode(i);
    }
    for (int port : ports) {
      awaitListening(port);
    }
    for (Request request : profile.setup()) {
      carryOut(request);
    }
  }

  private void startRedis() throws IOException, InterruptedException {
    int port = freePort();
    values.put("redis.port", String.valueOf(port));
    redis =
        process(
            "redis",
            List.of(
                "redis-server",
                "--port",
                String.valueOf(port),
                "--save",
                "",
                "--dir",
                folder + ""));
    awaitListening(port);
  }

  private void startPostgres() {
    EmbeddedPostgres started = EmbeddedPostgres.start(folder.resolve("shared"), progress -> {});
    postgres = started;
    values.put(
        "postgres.url",
        "postgres://%s:%s@127.0.0.1:%d/postgres"
            .formatted(
                started.user(),
                URLEncoder.encode(started.password(), StandardCharsets.UTF_8).replace("+", "%20"),
                started.port()));
  }

  private void startNode(int number) throws IOException {
    if (number == ports.size()) {
      ports.add(freePort());
    }
    values.put("port", String.valueOf(ports.get(number)));
    values.put("node", String.valueOf(number));
    for (Map.Entry<String, String> file : profile.group("file.").entrySet()) {
      String text = Files.readString(launch.root().resolve(file.getValue()));
      Files.writeString(folder.resolve(file.getKey()), bound(text));
    }
    List<String> command =
        Stream.of(profile.text("start").split(" +", -1))
            .map(this::bound)
            .flatMap(word -> Stream.of(word.split(" +", -1)))
            .filter(word -> !word.isEmpty())
            .toList();
    nodes.add(process("node-" + number, command));
  }

  private String bound(String text) {
    return new Template(text).bind(values).text();
  }

  private Process process(String name, List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(launch.pinned(command));
    builder.directory(folder.toFile());
    builder.environment().keySet().removeIf(key -> key.startsWith("CARILLON_"));
    builder.environment().put(MARK, mark);
    profile.group("env.").forEach((key, value) -> builder.environment().put(key, bound(value)));
    builder.redirectErrorStream(true);
    builder.redirectOutput(folder.resolve(name + ".log").toFile());
    return builder.start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private void awaitListening(int port) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(START_MILLIS_MAX);
    while (!listens(port)) {
      if (System.nanoTime() > end || nodes.stream().anyMatch(node -> !node.isAlive())) {
        throw new IllegalStateException(profile + " did not start:\n" + log());
      }
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
      // the kernel may choose the port itself for this end, and so connect a socket to itself
      return socket.getLocalPort() != port;
    } catch (IOException e) {
      return false;
    }
  }

  private void carryOut(Request request) throws IOException, InterruptedException {
    String base = "http://127.0.0.1:" + ports.getFirst();
    HttpRequest.Builder http =
        HttpRequest.newBuilder(URI.create(base + bound(request.path().text())))
            .method(
                request.method(),
                HttpRequest.BodyPublishers.ofString(bound(request.body().text())));
    request.headers().forEach((name, value) -> http.header(name, bound(value)));
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = client.send(http.build(), HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() >= 300) {
        throw new IllegalStateException(request.path() + ": " + answer.body());
      }
    }
  }

  /**
   * Stops the nodes, starts them on the same data and ports, and returns when they listen.
   *
   * @return when they were started, by {@link System#nanoTime}
   */
  public long restart() {
    nodes.forEach(Process::destroy);
    nodes.forEach(RunningSystem::awaitEnd);
    nodes.clear();
    long begin = System.nanoTime();
    try {
      for (int i = 0; i < ports.size(); i++) {
        startNode(i);
      }
      for (int port : ports) {
        awaitListening(port);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return begin;
  }

  /** The same processes, which this profile speaks to in another way. */
  public RunningSystem spokenTo(Profile other) {
    RunningSystem same = new RunningSystem(other, launch, folder);
    same.ports.addAll(ports);
    same.nodes.addAll(nodes);
    return same;
  }

  public Profile profile() {
    return profile;
  }

  public List<Integer> ports() {
    return List.copyOf(ports);
  }

  /** The placeholders that its profile may use. */
  public Map<String, String> values() {
    return Map.copyOf(values);
  }

  /** Every process of it, with its databases. */
  public Set<Long> processes() {
    Set<Long> roots = new HashSet<>(nodeProcesses());
    if (redis != null) {
      roots.add(redis.pid());
    }
    return ProcFiles.family(roots, MARK + "=" + mark);
  }

  /** The nodes alone. */
  public Set<Long> nodeProcesses() {
    Set<Long> roots = new HashSet<>();
    nodes.forEach(node -> roots.add(node.pid()));
    return roots;
  }

  /** Has every JVM of it collect its garbage. */
  public void collectGarbage() {
    for (long pid : ProcFiles.jvms(processes())) {
      try {
        new ProcessBuilder(
                Path.of(launch.values().getOrDefault("java", "java")).resolveSibling("jcmd") + "",
                String.valueOf(pid),
                "GC.run")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS);
      } catch (IOException e) {
        throw new UncheckedIOException("jcmd", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** What the first node tells Prometheus. */
  public MetricsPage metrics() {
    URI page = URI.create("http://127.0.0.1:" + ports.getFirst() + "/metrics");
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(page).timeout(Duration.ofSeconds(10)).build();
      return new MetricsPage(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The end of what the nodes said. */
  public String log() {
    StringBuilder text = new StringBuilder();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".log")).toList()) {
        String all = Files.readString(file);
        text.append(all.substring(Math.max(0, all.length() - 2_000))).append('\n');
      }
    } catch (IOException e) {
      text.append(e.getMessage());
    }
    return text.toString();
  }

  /** Stops all of it; its data stays. */
  @Override
  public void close() {
    nodes.forEach(Process::destroy);
    nodes.forEach(RunningSystem::awaitEnd);
    if (redis != null) {
      redis.destroy();
      awaitEnd(redis);
    }
    if (postgres != null) {
      postgres.close();
    }
  }

  private static void awaitEnd(Process process) {
    try {
      if (!process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** Removes a folder and all that is in it. */
  public static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
