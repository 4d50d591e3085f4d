package io.carillon.acceptance.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.acceptance.harness.Deadline;
import io.carillon.acceptance.harness.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands that an image and a service of systemd run, by hand: in a folder that is laid out as
 * theirs, with the paths changed and nothing else.
 */
class EntryCommandsTest {
  private static final Path DEPLOY = Path.of("..", "deploy");
  private static final Duration STARTED = Duration.ofMinutes(2);
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  @TempDir private Path root;
  private Path installed;
  private Path data;
  private Path cache;
  private int port;

  @BeforeEach
  void install() throws IOException {
    installed = Files.createDirectory(root.resolve("opt"));
    data = Files.createDirectory(root.resolve("data"));
    cache = Files.createDirectory(root.resolve("cache"));
    Path jar = Path.of(System.getProperty("carillon.jar", ""));
    for (Path file :
        List.of(
            jar,
            DEPLOY.resolve("standalone/jvm.args"),
            DEPLOY.resolve("standalone/rehearse"),
            DEPLOY.resolve("docker/healthy"))) {
      Files.copy(file, installed.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
    }
    Files.createSymbolicLink(installed.resolve("lib"), jar.resolveSibling("lib").toRealPath());
    try (ServerSocket free = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
  }

  private String here(String command) {
    return command
        .replace("/opt/carillon/java/bin/java", JAVA)
        .replace("/opt/carillon/carillon.aot", cache.resolve("carillon.aot").toString())
        .replace("/opt/carillon", installed.toString())
        .replace("/var/cache/carillon", cache.toString());
  }

  private Process start(Path output, List<String> command) {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(data.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      builder.environment().keySet().removeIf(name -> name.startsWith("CARILLON_"));
      builder
          .environment()
          .putAll(Map.of("CARILLON_DATA", data.toString(), "CARILLON_PORT", String.valueOf(port)));
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int run(List<String> command) throws IOException, InterruptedException {
    Path output = root.resolve("output");
    Process process = start(output, command);
    if (!process.waitFor(STARTED.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(command + ": " + Files.readString(output));
    }
    return process.exitValue();
  }

  private int healthy(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(installed.resolve("healthy").toString()));
    command.addAll(List.of(words));
    return run(command);
  }

  /** Until it answers that it is ready, and then until it has stopped. */
  private void startsAndStops(List<String> command) throws Exception {
    Path output = root.resolve("server");
    assertThat(healthy()).isEqualTo(1);
    Process server = start(output, command);
    try {
      Deadline.await("readiness", STARTED, () -> isHealthyOrEnded(server));
      assertThat(server.isAlive()).as(Files.readString(output)).isTrue();
      assertThat(healthy("liveness")).isZero();

      server.toHandle().destroy();
      assertThat(server.waitFor(STARTED.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(server.exitValue()).isEqualTo(143);
      assertThat(Files.readString(output)).contains("Carillon has stopped");
    } finally {
      server.destroyForcibly();
    }
  }

  private boolean isHealthyOrEnded(Process server) {
    try {
      return !server.isAlive() || healthy() == 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Test
  void theImagesEntryPointServes() throws Exception {
    List<String> command = new ArrayList<>();
    for (String line : Files.readAllLines(DEPLOY.resolve("docker/Dockerfile"), UTF_8)) {
      if (line.startsWith("ENTRYPOINT ") || line.startsWith("CMD ")) {
        for (JsonNode word : Json.parse(line.substring(line.indexOf('[')))) {
          command.add(here(word.textValue()));
        }
      }
    }
    assertThat(command).startsWith("java").endsWith("start");
    command.set(0, JAVA);
    Path aot = cache.resolve("carillon.aot");
    assertThat(
            run(
                List.of(
                    installed.resolve("rehearse").toString(),
                    JAVA,
                    installed.resolve("carillon-standalone.jar").toString(),
                    aot.toString())))
        .isZero();
    assertThat(aot).isNotEmptyFile();
    // What does not fit would only be slower, and nobody would know.
    command.add(1, "-XX:AOTMode=on");

    startsAndStops(command);
  }

  @Test
  void theServiceServes() throws Exception {
    List<String> unit = Files.readAllLines(DEPLOY.resolve("systemd/carillon.service"), UTF_8);
    String before = value(unit, "ExecStartPre=-");
    String start = here(value(unit, "ExecStart="));

    String script = here(before).replaceAll("^/bin/sh -c '(.*)'$", "$1");
    assertThat(run(List.of("/bin/sh", "-c", script))).isZero();
    assertThat(cache.resolve("carillon.aot")).isNotEmptyFile();
    startsAndStops(List.of(start.split(" ", -1)));
  }

  private static String value(List<String> unit, String key) {
    return unit.stream()
        .filter(line -> line.startsWith(key))
        .map(line -> line.substring(key.length()))
        .findFirst()
        .orElseThrow();
  }
}
