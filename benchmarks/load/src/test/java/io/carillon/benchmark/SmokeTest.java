package io.carillon.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.benchmark.profile.Profile;
import io.carillon.benchmark.scenario.Bench;
import io.carillon.benchmark.scenario.Figures;
import io.carillon.benchmark.scenario.Metric;
import io.carillon.benchmark.scenario.Scenario;
import io.carillon.benchmark.scenario.Scenarios;
import io.carillon.benchmark.scenario.Settings;
import io.carillon.benchmark.system.Launch;
import io.carillon.benchmark.system.RunningSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The load on the packaged server, for moments: that everything counts, not how fast it is. */
class SmokeTest {
  private static final Path ROOT =
      Path.of(System.getProperty("carillon.root", "../..")).toAbsolutePath().normalize();
  private static final Path JAR = ROOT.resolve("deploy/standalone/target/carillon-standalone.jar");
  private static final Settings SHORT = new Settings(100, 300, 100, 4);

  @TempDir private static Path folder;

  private static RunningSystem running;
  private static Launch launch;

  @BeforeAll
  static void start() throws IOException {
    Assumptions.assumeTrue(Files.exists(Path.of("/proc/self/stat")), "Linux only");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String flags = "-Xmx512m -XX:+UseSerialGC";
    launch = new Launch(ROOT, -1, Map.of("java", java, "flags", flags, "jar", JAR.toString()));
    running = RunningSystem.start(profile("carillon"), launch, folder.resolve("system"));
  }

  private static Profile profile(String name) throws IOException {
    return Profile.read(ROOT.resolve("benchmarks/profiles/" + name + ".properties"));
  }

  @AfterAll
  static void stop() {
    if (running != null) {
      running.close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "fanout, DELIVERIES_PER_SECOND",
    "single, DELIVERIES_PER_SECOND",
    "channels, DELIVERIES_PER_SECOND",
    "rooms, DELIVERIES_PER_SECOND",
    "latency, P99",
    "storm, CONNECTIONS_PER_SECOND",
    "rest, REQUESTS_PER_SECOND",
    "rest-kept, REQUESTS_PER_SECOND",
    "rest-batch, MESSAGES_PER_SECOND",
    "resume, DELIVERIES_PER_SECOND",
    "presence, JOINS_PER_SECOND",
    "subscriptions, DELIVERIES_PER_SECOND",
    "channels-10000, SUBSCRIPTIONS_PER_SECOND",
  })
  void theNativeProtocolIsCounted(String scenario, Metric metric) {
    assertThatItCounts(running, scenario, metric);
  }

  @ParameterizedTest
  @CsvSource({
    "fanout, DELIVERIES_PER_SECOND",
    "storm, CONNECTIONS_PER_SECOND",
    "rest, REQUESTS_PER_SECOND",
    "rest-batch, MESSAGES_PER_SECOND",
    "presence, JOINS_PER_SECOND",
    "channels-10000, DELIVERIES_PER_SECOND",
  })
  void thePusherProtocolIsCounted(String scenario, Metric metric) throws IOException {
    assertThatItCounts(running.spokenTo(profile("carillon-pusher")), scenario, metric);
  }

  private static void assertThatItCounts(RunningSystem system, String name, Metric metric) {
    Scenario scenario =
        Stream.concat(Scenarios.all().stream(), Scenarios.growth().stream())
            .filter(named(name))
            .findFirst()
            .orElseThrow();
    assertThat(scenario.suits(system.profile())).isTrue();
    try (Bench bench = new Bench(system, SHORT)) {
      Figures figures = scenario.run(bench);
      assertThat(Objects.requireNonNull(figures.values().get(metric))).isPositive();
      assertThat(List.copyOf(figures.marks()))
          .noneMatch(mark -> mark.contains("refused") || mark.contains("lost"));
    }
  }

  private static Predicate<Scenario> named(String name) {
    return scenario -> scenario.name().equals(name);
  }
}
