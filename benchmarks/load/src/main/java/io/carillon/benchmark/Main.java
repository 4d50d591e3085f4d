package io.carillon.benchmark;

import io.carillon.benchmark.load.Load;
import io.carillon.benchmark.profile.Profile;
import io.carillon.benchmark.report.ReportFolder;
import io.carillon.benchmark.report.Results;
import io.carillon.benchmark.scenario.Bench;
import io.carillon.benchmark.scenario.Figures;
import io.carillon.benchmark.scenario.Scenario;
import io.carillon.benchmark.scenario.Scenarios;
import io.carillon.benchmark.system.Launch;
import io.carillon.benchmark.system.RunningSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Measures systems side by side: every scenario on every system, round after round, so that what
 * drifts on the machine hits all of them. Confined to its thread.
 *
 * <p>Exit codes: 0 done, 1 something failed (the report says what), 2 wrong arguments.
 */
public final class Main {
  private static final double QUIET_CORES = 0.15;

  private final Path root;
  private final Options options;
  private final Launch launch;
  private final Results results = new Results();
  private final Map<String, String> facts = new LinkedHashMap<>();
  private boolean failed;

  private Main(Path root, Options options) {
    this.root = root;
    this.options = options;
    this.launch = launch(root);
  }

  /** How systems are started here: on the first core, where there are several. */
  public static Launch launch(Path root) {
    return new Launch(
        root,
        Machine.cores() > 1 ? 0 : -1,
        Map.of(
            "java",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "flags",
            System.getProperty("carillon.flags", ""),
            "jar",
            root.resolve("deploy/standalone/target/carillon-standalone.jar").toString()));
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path root = Path.of(System.getProperty("carillon.root", ".")).toAbsolutePath().normalize();
    try {
      Main main = new Main(root, Options.of(arguments));
      main.measure();
      System.exit(main.failed ? 1 : 0);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    }
  }

  private void measure() throws IOException, InterruptedException {
    List<Profile> systems = profiles();
    List<Scenario> scenarios = scenarios();
    describe(systems);
    ReportFolder folder = new ReportFolder(root.resolve("target/benchmarks"));
    for (int run = 1; run <= options.runs(); run++) {
      for (Scenario scenario : scenarios) {
        for (Profile system : systems) {
          if (scenario.suits(system)) {
            System.out.printf("%d/%d %-10s %-18s ", run, options.runs(), scenario.name(), system);
            run(scenario, system);
          }
        }
      }
      System.out.println("Report: " + folder.write(results, facts));
    }
  }

  private void run(Scenario scenario, Profile system) {
    for (int attempt = 1; attempt <= options.attempts(); attempt++) {
      try {
        Figures figures = once(scenario, system);
        System.out.println(line(figures));
        boolean disturbed =
            figures.marks().stream().anyMatch(mark -> mark.startsWith("others used"));
        if (!disturbed || attempt == options.attempts()) {
          results.add(scenario, system, figures);
          return;
        }
      } catch (RuntimeException e) {
        System.out.println("failed: " + e.getMessage());
        results.failed(
            scenario, system, String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        failed = true;
        return;
      }
    }
  }

  private Figures once(Scenario scenario, Profile system) {
    Path folder = root.resolve("target/benchmarks/run-" + System.nanoTime());
    try (RunningSystem running = RunningSystem.start(system, launch, folder);
        Bench bench = new Bench(running, options.settings())) {
      return scenario.run(bench);
    } finally {
      RunningSystem.delete(folder);
    }
  }

  private static String line(Figures figures) {
    List<String> parts = new ArrayList<>();
    figures
        .values()
        .forEach((metric, value) -> parts.add("%s %,.2f".formatted(metric.title(), value)));
    figures.marks().forEach(mark -> parts.add("(!) " + mark));
    return String.join(", ", parts);
  }

  private List<Profile> profiles() throws IOException {
    List<Profile> found = new ArrayList<>();
    for (String name : options.systems()) {
      Path file = root.resolve("benchmarks/profiles/" + name + ".properties");
      Profile profile = Profile.read(file);
      Set<String> missing = profile.missing();
      if (missing.isEmpty()) {
        install(profile);
        found.add(profile);
      } else {
        System.out.printf(
            "%s is left out: %s is missing (%s)%n",
            name, String.join(", ", missing), profile.text("requires.hint"));
      }
    }
    return found;
  }

  /** What comes from npm, once. */
  private void install(Profile system) throws IOException {
    Path folder = root.resolve(system.text("install"));
    if (system.has("install") && !Files.isDirectory(folder.resolve("node_modules"))) {
      System.out.println("Installing " + system.title());
      Machine.said(folder, List.of("npm", "ci", "--no-audit", "--no-fund"));
    }
  }

  private List<Scenario> scenarios() {
    if (options.scenarios().isEmpty()) {
      return Scenarios.all();
    }
    List<Scenario> known = new ArrayList<>(Scenarios.all());
    known.addAll(Scenarios.growth());
    List<String> names = known.stream().map(Scenario::name).toList();
    for (String name : options.scenarios()) {
      if (!names.contains(name)) {
        throw new IllegalArgumentException(name + ": no such scenario (expected: " + names + ")");
      }
    }
    return known.stream().filter(it -> options.scenarios().contains(it.name())).toList();
  }

  private void describe(List<Profile> systems) throws InterruptedException {
    double load = Machine.load();
    if (load > QUIET_CORES) {
      System.out.printf(
          "The machine is not quiet: %.2f cores are in use; disturbed runs are marked.%n", load);
    }
    facts.put("when", Instant.now().truncatedTo(ChronoUnit.MINUTES).toString());
    facts.put("machine", Machine.description());
    facts.put("Java", System.getProperty("java.vm.version"));
    facts.put("flags of the server", System.getProperty("carillon.flags", ""));
    facts.put(
        "load",
        "one process on a core of its own, "
            + (Load.isNative() ? "epoll" : "NIO")
            + ", 128 bytes of payload");
    facts.put("commit", Machine.said(root, List.of("git", "describe", "--always", "--dirty")));
    for (Profile system : systems) {
      if (system.has("version")) {
        facts.put(system.title(), version(system));
      }
    }
  }

  private String version(Profile system) {
    List<String> command = List.of("sh", "-c", system.text("version"));
    return Machine.said(root, command);
  }
}
