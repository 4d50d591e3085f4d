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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All cells, one after the other, on one cluster as long as it lasts. Confined to one thread. */
final class Suite {
  private static final int LOG_LINES = 200;

  private final Options options;
  private final Consumer<String> progress;

  /** Null before the first cell, and after one that could not be played. */
  private @Nullable Cluster cluster;

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
    try {
      for (int run = 1; run <= options.runs(); run++) {
        for (Fault fault : options.faults()) {
          outcomes.add(play(fault, run));
        }
      }
    } finally {
      close();
    }
    return new Report(options, outcomes);
  }

  private Cluster opened() throws IOException, InterruptedException {
    Cluster open = cluster;
    if (open == null) {
      open = Cluster.start(options.jar(), what -> progress.accept("Starting " + what));
      cluster = open;
      new Histories(open.apis().getFirst().url()).archive(Names.KEPT + ":*");
    }
    return open;
  }

  private void close() {
    Cluster open = cluster;
    cluster = null;
    if (open != null) {
      open.close();
    }
  }

  private Outcome play(Fault fault, int run) throws Exception {
    Cluster open = opened();
    long begun = System.nanoTime();
    Outcome outcome;
    try {
      outcome = new Cell(open, options, fault, run).play();
    } catch (IllegalStateException | IOException | TimeoutException | ExecutionException e) {
      outcome = Outcome.notPlayed(fault, run, e);
    }
    tell(outcome, Duration.ofNanos(System.nanoTime() - begun));
    if (!outcome.isGood()) {
      keep(open, outcome);
    }
    if (!outcome.isPlayed()) {
      close();
    }
    return outcome;
  }

  private void tell(Outcome outcome, Duration took) {
    progress.accept(
        "%-17s run %d/%d  %s  %d acked, %d delivered, %d gaps told, %d retried, silence %s s, recovered %s s (%d s)"
            .formatted(
                outcome.fault().word(),
                outcome.run(),
                options.runs(),
                outcome.isGood() ? "good  " : "BROKEN",
                outcome.counts().acked(),
                outcome.counts().delivered(),
                outcome.counts().gaps(),
                outcome.counts().retries(),
                Report.seconds(outcome.longestSilence()),
                outcome.recovery().map(Report::seconds).orElse("-"),
                took.toSeconds()));
    outcome.violations().stream().limit(3).forEach(violation -> progress.accept("  " + violation));
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
