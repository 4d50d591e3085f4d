package io.carillon.benchmark.soak;

import io.carillon.benchmark.measure.MetricsPage;
import io.carillon.benchmark.measure.ProcFiles;
import io.carillon.benchmark.system.RunningSystem;

/**
 * What the server holds at one moment, its garbage collected. Immutable.
 *
 * @param minute since the load began
 * @param heap megabytes in use
 * @param direct megabytes of sockets' buffers outside the heap
 * @param resident megabytes of RAM of the process
 * @param threads of the system
 * @param descriptors that are open beyond one for each connection
 */
record Sample(
    double minute,
    double heap,
    double direct,
    double resident,
    double threads,
    double descriptors) {
  private static final double MEGABYTE = 1 << 20;

  /** What is watched. */
  enum Quantity {
    HEAP("heap after GC", "MB", 0.10, 4),
    DIRECT("direct memory", "MB", 0.10, 4),
    RESIDENT("memory of the process", "MB", 0.10, 16),
    THREADS("threads", "", 0.05, 2),
    DESCRIPTORS("descriptors without connections", "", 0.05, 4);

    final String title;
    final String unit;

    /**
     * Growth over the whole run that still counts as flat: this share of the mean, or this much.
     */
    final double shareMax;

    final double growthMax;

    Quantity(String title, String unit, double shareMax, double growthMax) {
      this.title = title;
      this.unit = unit;
      this.shareMax = shareMax;
      this.growthMax = growthMax;
    }
  }

  double of(Quantity quantity) {
    return switch (quantity) {
      case HEAP -> heap;
      case DIRECT -> direct;
      case RESIDENT -> resident;
      case THREADS -> threads;
      case DESCRIPTORS -> descriptors;
    };
  }

  static Sample of(RunningSystem system, double minute) {
    system.collectGarbage();
    MetricsPage page = system.metrics();
    return new Sample(
        minute,
        page.sum("jvm_memory_used_bytes{area=\"heap\"}") / MEGABYTE,
        page.sum("carillon_netty_direct_memory_bytes") / MEGABYTE,
        ProcFiles.residentBytes(system.nodeProcesses()) / MEGABYTE,
        page.sum("jvm_threads_current"),
        page.sum("process_open_fds") - page.sum("carillon_connections"));
  }
}
