package io.carillon.chaos;

import io.carillon.chaos.cluster.Cluster;
import io.carillon.chaos.work.Histories;
import io.carillon.chaos.work.Names;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** All cells, one after the other, on one cluster. Confined to one thread. */
final class Suite {
  private static final int LOG_LINES = 200;

  private final Options options;
  private final Consumer<String> progress;

  Suite(Options options, Consumer<String> progress) {
    this.options = options;
    this.progress = progress;
  }

  /** Starts the cluster, plays, and stops the cluster. */
  Report run() throws Exception {
    if (!Files.isRegularFile(options.jar())) {
      throw new IllegalArgumentException(
          "jar: " + options.jar() + " (expected: the packaged server; run mvn package)");
    }
    List<Outcome> outcomes = new ArrayList<>();
    progress.accept("Seed " + options.seed());
    try (Cluster cluster =
        Cluster.start(options.jar(), what -> progress.accept("Starting " + what))) {
      new Histories(cluster.apis().getFirst().url()).archive(Names.KEPT + ":*");
      for (int run = 1; run <= options.runs(); run++) {
        for (Fault fault : options.faults()) {
          outcomes.add(play(cluster, fault, run));
        }
      }
    }
    return new Report(options, outcomes);
  }

  private Outcome play(Cluster cluster, Fault fault, int run) throws Exception {
    long begun = System.nanoTime();
    Outcome outcome = new Cell(cluster, options, fault, run).play();
    progress.accept(
        "%-17s run %d/%d  %s  %d acked, %d delivered, %d gaps told, %d retried, silence %s s, recovered %s s (%d s)"
            .formatted(
                fault.word(),
                run,
                options.runs(),
                outcome.isGood() ? "good  " : "BROKEN",
                outcome.counts().acked(),
                outcome.counts().delivered(),
                outcome.counts().gaps(),
                outcome.counts().retries(),
                Report.seconds(outcome.longestSilence()),
                outcome.recovery().map(Report::seconds).orElse("-"),
                Duration.ofNanos(System.nanoTime() - begun).toSeconds()));
    if (!outcome.isGood()) {
      outcome.violations().stream()
          .limit(3)
          .forEach(violation -> progress.accept("  " + violation));
      keep(cluster, outcome);
    }
    return outcome;
  }

  /** Where all that is known of a broken cell is kept. */
  static Path diagnosis(Options options, Outcome outcome) {
    return options
        .output()
        .resolve("chaos-%s-%d.txt".formatted(outcome.fault().word(), outcome.run()));
  }

  private void keep(Cluster cluster, Outcome outcome) throws IOException {
    String violations =
        outcome.violations().stream().map(String::valueOf).collect(Collectors.joining("\n"));
    Files.createDirectories(options.output());
    Files.writeString(
        diagnosis(options, outcome),
        "seed %d%n%s%n%n%s".formatted(options.seed(), violations, cluster.logTails(LOG_LINES)));
  }
}
