package io.carillon.chaos;

import io.carillon.chaos.check.Checker;
import io.carillon.chaos.check.Evidence;
import io.carillon.chaos.check.Heard;
import io.carillon.chaos.check.Intervals;
import io.carillon.chaos.check.Journal;
import io.carillon.chaos.check.Violation;
import io.carillon.chaos.check.Violation.Promise;
import io.carillon.chaos.cluster.Cluster;
import io.carillon.chaos.cluster.Waiting;
import io.carillon.chaos.work.Names;
import io.carillon.chaos.work.Notebook;
import io.carillon.chaos.work.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One fault in one run: clients at work, the fault, the time after it, and the verdict. Confined to
 * the suite's thread.
 */
record Cell(Cluster cluster, Options options, Fault fault, int run) {
  private static final Duration WARM = Duration.ofSeconds(2);

  /** After all is healed messages flow again within this time; goal G5. */
  private static final Duration RECOVERY_MAX = Duration.ofSeconds(10);

  /** Beyond it there is no use in waiting. */
  private static final Duration RECOVERY_WAIT = Duration.ofSeconds(30);

  private static final Duration CATCH_UP_MAX = Duration.ofSeconds(20);

  /** After a node's death or the end of a fault; goal G7. The grace comes on top. */
  private static final Duration PRESENCE_MAX = Duration.ofSeconds(10);

  private static final Duration AFTER = Duration.ofSeconds(1);

  Outcome play() throws Exception {
    Random random = new Random(options.seed() * 1_000 + fault.word().hashCode() + run);
    Names names = new Names(fault.word() + "-" + run + "-" + Long.toHexString(System.nanoTime()));
    long begun = System.nanoTime();
    try (Workload workload = new Workload(cluster, names, random)) {
      Stage stage =
          new Stage(
              cluster, workload, random.nextInt(cluster.edges().size()), options.stormClients());
      workload.begin(stage.edge());
      long publishing = System.nanoTime();
      Waiting.pass(WARM.plusMillis(random.nextInt(1_000)));
      long memory = residentMax();
      long healed = stage.carryOut(fault);
      workload.dropMembers();
      long dropped = System.nanoTime();
      Optional<Duration> recovery = workload.awaitFlow(healed, RECOVERY_WAIT);
      Waiting.pass(AFTER);
      Waiting.pass(Duration.ofSeconds(options.seconds()).minusNanos(System.nanoTime() - begun));
      long until = System.nanoTime();
      workload.stopPublishing();
      Duration silence =
          Intervals.longestSilence(workload.notebook().journals(), publishing, until);
      return judge(workload, recovery, silence, dropped, Math.max(memory, residentMax()));
    }
  }

  private long residentMax() {
    return cluster.residentBytes().values().stream().mapToLong(Long::longValue).max().orElse(0);
  }

  private Outcome judge(
      Workload workload, Optional<Duration> recovery, Duration silence, long dropped, long memory)
      throws InterruptedException {
    Notebook notebook = workload.notebook();
    List<Violation> violations = new ArrayList<>();
    if (!workload.awaitCaughtUp(CATCH_UP_MAX)) {
      violations.add(
          new Violation(Promise.CAUGHT_UP, "not everybody is at the end after " + CATCH_UP_MAX));
    }
    if (recovery.isEmpty() || recovery.get().compareTo(RECOVERY_MAX) > 0) {
      violations.add(
          new Violation(
              Promise.RECOVERS,
              "messages flowed again after "
                  + recovery.map(Duration::toString).orElse("more than " + RECOVERY_WAIT)
                  + " (expected: "
                  + RECOVERY_MAX
                  + ")"));
    }
    if (memory > Cluster.residentBytesMax()) {
      violations.add(
          new Violation(
              Promise.MEMORY,
              memory + " bytes (expected: up to " + Cluster.residentBytesMax() + ")"));
    }
    long presenceEnd = dropped + PRESENCE_MAX.plusSeconds(Cluster.GRACE_SECONDS).toNanos();
    violations.addAll(workload.presence(presenceEnd));
    violations.addAll(Checker.violations(evidence(workload)));
    violations.addAll(notebook.violations());
    return new Outcome(fault, run, counts(notebook), silence, recovery, memory, violations);
  }

  private Evidence evidence(Workload workload) throws InterruptedException {
    Notebook notebook = workload.notebook();
    Set<String> archived =
        workload.channels().stream()
            .filter(channel -> channel.startsWith(Names.KEPT + ":"))
            .collect(Collectors.toSet());
    return new Evidence(
        archived,
        notebook.published(),
        notebook.acked(),
        notebook.journals(),
        workload.histories(),
        fault.destroysLog());
  }

  private static Outcome.Counts counts(Notebook notebook) {
    List<Heard> heard =
        notebook.journals().stream().map(Journal::heard).flatMap(List::stream).toList();
    Map<Boolean, Long> kinds =
        heard.stream()
            .collect(
                Collectors.partitioningBy(
                    Heard.Delivered.class::isInstance, Collectors.counting()));
    return new Outcome.Counts(
        notebook.acked().size(),
        Math.toIntExact(kinds.getOrDefault(true, 0L)),
        Math.toIntExact(kinds.getOrDefault(false, 0L)),
        notebook.retries(),
        notebook.failures());
  }
}
