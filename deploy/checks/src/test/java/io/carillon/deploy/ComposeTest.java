package io.carillon.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.core.config.CarillonConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The compose file by `docker-compose config`, and what its services are given. */
class ComposeTest {
  private static final Path DEPLOY = Path.of("..");
  private static final List<String> NODES = List.of("edge-1", "edge-2", "api-1", "api-2");

  /** A copy of {@code deploy}, so that secrets are made beside no file of the project. */
  @TempDir private Path deploy;

  @BeforeEach
  void copy() throws IOException {
    for (String folder : List.of("compose", "nginx", "haproxy", "docker")) {
      Files.createDirectory(deploy.resolve(folder));
      try (Stream<Path> files = Files.list(DEPLOY.resolve(folder))) {
        for (Path file : files.filter(each -> !each.endsWith(".env")).toList()) {
          Files.copy(
              file,
              deploy.resolve(folder).resolve(file.getFileName()),
              java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
  }

  private Tool compose(String... words) {
    return Tool.run(
        deploy.resolve("compose"),
        Map.of(),
        Stream.concat(Stream.of("docker-compose"), Stream.of(words)).toList());
  }

  private JsonNode services() {
    assertThat(secrets().code()).isZero();
    Tool config = compose("config");
    assertThat(config.code()).as(config.output()).isZero();
    return Yaml.documents(config.output()).getFirst().path("services");
  }

  private Tool secrets() {
    return Tool.run(deploy.resolve("compose"), Map.of(), "./secrets");
  }

  @Test
  void withoutSecretsItSaysHowToMakeThem() {
    assertThat(compose("config").output()).contains("run ./secrets first");
  }

  @Test
  void secretsAreWrittenOnceForTheirOwnerAlone() throws IOException {
    Path env = deploy.resolve("compose/.env");
    assertThat(secrets().code()).isZero();
    String first = Files.readString(env);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(env)))
        .isEqualTo("rw-------");

    assertThat(secrets().code()).isEqualTo(2);
    assertThat(Files.readString(env)).isEqualTo(first);
  }

  @Test
  void theServerTakesTheSettingsOfEachNode() {
    JsonNode services = services();
    for (String node : NODES) {
      JsonNode service = services.path(node);
      CarillonConfig config = KnownSettings.of(Yaml.texts(service.path("environment")));
      CarillonConfig.Drain drain = config.server().drain();

      assertThat(seconds(service.path("stop_grace_period").asText()))
          .as("time to drain of %s", node)
          .isGreaterThan(drain.delay().plus(drain.spread()).toSeconds());
      assertThat(service.path("read_only").asBoolean()).isTrue();
      assertThat(service.path("ulimits").path("core").asInt(-1)).as("core files").isZero();
    }
  }

  private static long seconds(String duration) {
    return Long.parseLong(duration.replaceAll("s$", ""));
  }

  @Test
  void mountedFilesAreThere() {
    for (JsonNode service : services()) {
      for (JsonNode volume : service.path("volumes")) {
        String from = volume.asText().split(":", 2)[0];
        if (from.startsWith("/")) {
          assertThat(Path.of(from)).exists();
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"upstreams.conf", "servers.cfg"})
  void theLoadBalancersKnowAllNodes(String file) throws IOException {
    String text = Files.readString(deploy.resolve("compose").resolve(file), UTF_8);

    for (String node : NODES) {
      assertThat(text).contains(" " + node + ":8080");
    }
  }

  @Test
  void nginxTakesItsFiles() throws IOException {
    Path folder = deploy.resolve("compose");
    Files.writeString(
        folder.resolve("upstreams.conf"),
        withoutNames(Files.readString(folder.resolve("upstreams.conf"))));
    Files.writeString(
        folder.resolve("nginx.conf"),
        """
        pid %1$s/pid;
        error_log stderr;
        events {}
        http { include %1$s/upstreams.conf; include %1$s/../nginx/carillon.conf; }
        """
            .formatted(folder.toAbsolutePath()));

    Tool check =
        Tool.run(folder, Map.of(), "nginx", "-t", "-c", folder.resolve("nginx.conf").toString());
    assertThat(check.code()).as(check.output()).isZero();
  }

  @Test
  void haproxyTakesItsFiles() throws IOException {
    Path servers = deploy.resolve("compose/servers.cfg");
    Files.writeString(servers, withoutNames(Files.readString(servers)));

    Tool check =
        Tool.run(
            deploy,
            Map.of(),
            "haproxy",
            "-c",
            "-f",
            "haproxy/haproxy.cfg",
            "-f",
            "compose/servers.cfg");
    assertThat(check.code()).as(check.output()).isZero();
  }

  /** Both programs look names up, which only the network of the services knows. */
  private static String withoutNames(String text) {
    Map<String, String> addresses = new HashMap<>();
    NODES.forEach(
        node -> addresses.put(" " + node + ":", " 127.0.0." + (addresses.size() + 1) + ":"));
    String changed = text;
    for (Map.Entry<String, String> each : addresses.entrySet()) {
      changed = changed.replace(each.getKey(), each.getValue());
    }
    return changed;
  }
}
