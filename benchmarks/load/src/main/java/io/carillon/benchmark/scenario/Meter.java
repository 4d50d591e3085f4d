package io.carillon.benchmark.scenario;

import static io.carillon.benchmark.measure.ProcFiles.TICKS_PER_SECOND;

import io.carillon.benchmark.load.Counters;
import io.carillon.benchmark.load.Load;
import io.carillon.benchmark.measure.ProcFiles;
import io.carillon.benchmark.system.RunningSystem;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What happened between two moments, and who used the CPU meanwhile. Confined to one thread. */
final class Meter {
  /** More than this share of a core used by others makes a run doubtful. */
  private static final double OTHERS_MAX = 0.1;

  /** A load that uses more than this share of its core may be what limits the system. */
  private static final double LOAD_MAX = 0.9;

  private final RunningSystem system;
  private final Load load;
  private Moment begin;

  private record Moment(Counters counters, long server, long nodes, long own, long busy) {}

  /**
   * What was measured.
   *
   * @param seconds of time
   * @param serverSeconds of CPU, of all processes of the system
   * @param nodeSeconds of CPU, of its nodes alone
   * @param loadSeconds of CPU
   */
  record Span(
      Counters from,
      Counters to,
      double seconds,
      double serverSeconds,
      double nodeSeconds,
      double loadSeconds,
      List<String> marks) {

    long delivered() {
      return to.delivered() - from.delivered();
    }

    long accepted() {
      return to.accepted() - from.accepted();
    }
  }

  /** Begins to measure. */
  Meter(RunningSystem system, Load load) {
    this.system = system;
    this.load = load;
    this.begin = moment();
  }

  private Moment moment() {
    Set<Long> processes = system.processes();
    return new Moment(
        load.counters(),
        ProcFiles.cpuTicks(processes),
        ProcFiles.cpuTicks(system.nodeProcesses()),
        ProcFiles.cpuTicks(Set.of(ProcessHandle.current().pid())),
        ProcFiles.busyTicks());
  }

  /** What happened since the beginning, or since this was asked last. */
  Span lap() {
    Moment end = moment();
    double seconds = (end.counters.nanos() - begin.counters.nanos()) / 1e9;
    double server = seconds(end.server - begin.server);
    double own = seconds(end.own - begin.own);
    double others = (seconds(end.busy - begin.busy) - server - own) / seconds;
    List<String> marks = new ArrayList<>();
    if (others > OTHERS_MAX) {
      marks.add("others used %.2f of a core".formatted(others));
    }
    if (own / seconds > LOAD_MAX) {
      marks.add("the load used %.2f of its core".formatted(own / seconds));
    }
    if (end.counters.refused() > begin.counters.refused()) {
      marks.add(
          (end.counters.refused() - begin.counters.refused())
              + " refused, the last: "
              + shortened(end.counters.loss()));
    }
    if (end.counters.lost() > begin.counters.lost()) {
      marks.add(
          (end.counters.lost() - begin.counters.lost())
              + " connections lost, the last: "
              + shortened(end.counters.loss()));
    }
    Span span =
        new Span(
            begin.counters,
            end.counters,
            seconds,
            server,
            seconds(end.nodes - begin.nodes),
            own,
            marks);
    begin = end;
    return span;
  }

  private static double seconds(long ticks) {
    return (double) ticks / TICKS_PER_SECOND;
  }

  private static String shortened(String text) {
    String line = text.replaceAll("\\s+", " ");
    return line.length() > 200 ? line.substring(0, 200) + "…" : line;
  }
}
