package io.carillon.benchmark.soak;

import io.carillon.benchmark.load.Counters;
import io.carillon.benchmark.profile.Profile;
import io.carillon.benchmark.scenario.Bench;
import io.carillon.benchmark.scenario.Settings;
import io.carillon.benchmark.soak.Sample.Quantity;
import io.carillon.benchmark.system.RunningSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs mixed load on a server of its own and says by how much what it holds grows. Confined to its
 * thread.
 *
 * <p>Exit codes: 0 all of it is flat and nothing went wrong, 1 otherwise, 2 wrong arguments.
 */
public final class Main {
  private static final int MINUTES = 30;

  /** Caches fill and the JVM settles in the first part, which is not counted. */
  private static final double SETTLING_SHARE = 1.0 / 5;

  private static final long STEP_MILLIS = 1_000;
  private static final int SAMPLE_STEPS = 15;

  private Main() {}

  public static void main(String[] arguments) throws IOException {
    Path root = Path.of(System.getProperty("carillon.root", ".")).toAbsolutePath().normalize();
    int minutes = minutes(arguments);
    Profile profile = profile(root, "carillon-small");
    Path folder = root.resolve("target/soak/run-" + System.nanoTime());
    boolean good;
    try (RunningSystem system =
            RunningSystem.start(profile, io.carillon.benchmark.Main.launch(root), folder);
        Bench carillon = new Bench(system, Settings.DEFAULT);
        Bench pusher =
            new Bench(system.spokenTo(profile(root, "carillon-pusher")), Settings.DEFAULT);
        Mixture first = new Mixture(carillon);
        Mixture second = new Mixture(pusher);
        Visitors visitors =
            new Visitors(
                system.ports().getFirst(),
                String.valueOf(system.values().get("key")),
                String.valueOf(system.values().get("basic")))) {
      List<Sample> samples = soak(system, List.of(first, second), minutes);
      good = report(root, samples, minutes);
      good &= sum(List.of(first, second), visitors);
    } finally {
      RunningSystem.delete(folder);
    }
    System.exit(good ? 0 : 1);
  }

  private static Profile profile(Path root, String name) throws IOException {
    return Profile.read(root.resolve("benchmarks/profiles/" + name + ".properties"));
  }

  private static int minutes(String... arguments) {
    if (arguments.length == 0) {
      return MINUTES;
    }
    if (arguments.length != 2
        || !arguments[0].equals("--minutes")
        || !arguments[1].matches("[1-9][0-9]{0,3}")) {
      System.err.println(
          "usage: ./carillon soak [--minutes 30]\n"
              + String.join(" ", arguments)
              + " (expected: 1 to 9999 minutes)");
      System.exit(2);
    }
    return Integer.parseInt(arguments[1]);
  }

  private static List<Sample> soak(RunningSystem system, List<Mixture> mixtures, int minutes) {
    List<Sample> samples = new ArrayList<>();
    long began = System.nanoTime();
    for (int step = 1; step * STEP_MILLIS <= minutes * 60_000L; step++) {
      mixtures.forEach(Mixture::step);
      if (step % SAMPLE_STEPS == 0) {
        Sample sample = Sample.of(system, (System.nanoTime() - began) / 60e9);
        samples.add(sample);
        System.out.println(line(sample));
      }
      long due = began + step * STEP_MILLIS * 1_000_000L - System.nanoTime();
      Bench.pause(Math.max(0, due / 1_000_000));
    }
    return samples;
  }

  private static String line(Sample sample) {
    StringBuilder line = new StringBuilder("%5.1f min".formatted(sample.minute()));
    for (Quantity quantity : Quantity.values()) {
      line.append(
          ", %s %.1f %s"
              .formatted(quantity.title, sample.of(quantity), quantity.unit)
              .stripTrailing());
    }
    return line.toString();
  }

  private static boolean report(Path root, List<Sample> samples, int minutes) throws IOException {
    List<Sample> counted =
        samples.stream().filter(it -> it.minute() >= minutes * SETTLING_SHARE).toList();
    StringBuilder table =
        new StringBuilder(
            "| what | mean | slope per hour | growth in the run | |\n|---|---|---|---|---|\n");
    boolean flat = true;
    for (Quantity quantity : Quantity.values()) {
      Trend trend = Trend.of(counted, quantity);
      flat &= trend.isFlat(quantity);
      table.append(
          "| %s | %.1f %s | %+.2f | %+.2f | %s |\n"
              .formatted(
                  quantity.title,
                  trend.mean(),
                  quantity.unit,
                  trend.perHour(),
                  trend.growth(),
                  trend.isFlat(quantity) ? "flat" : "**grows**"));
    }
    Files.writeString(root.resolve("target/soak/soak.md"), table);
    System.out.print("\n" + table);
    return flat;
  }

  private static boolean sum(List<Mixture> mixtures, Visitors visitors) {
    int lost = 0;
    for (Mixture mixture : mixtures) {
      Counters counters = mixture.load().counters();
      lost += counters.lost();
      System.out.printf(
          "%,d messages accepted, %,d refused, %,d deliveries, %,d connections dropped by us, %,d lost %s%n",
          counters.accepted(),
          counters.refused(),
          counters.delivered(),
          mixture.dropped(),
          counters.lost(),
          counters.loss());
    }
    System.out.printf("%,d visits over HTTP %s%n", visitors.visits(), visitors.surprises());
    return lost == 0 && visitors.surprises().isEmpty();
  }
}
