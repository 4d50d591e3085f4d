package io.carillon.benchmark.attack;

import io.carillon.benchmark.measure.MetricsPage;
import io.carillon.benchmark.measure.ProcFiles;
import io.carillon.benchmark.system.RunningSystem;

/** Watches how much memory a server's nodes hold. Its thread watches; any may ask. */
final class Memory implements Runnable {
  private static final long PAUSE_MILLIS = 100;

  private final RunningSystem system;
  private volatile long peak;
  private volatile boolean ended;

  Memory(RunningSystem system) {
    this.system = system;
    this.peak = ProcFiles.residentBytes(system.nodeProcesses());
  }

  @Override
  public void run() {
    while (!ended) {
      peak = Math.max(peak, ProcFiles.residentBytes(system.nodeProcesses()));
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** Bytes that are in use once garbage is collected: of the heap, and of sockets' buffers. */
  static long live(RunningSystem system) {
    system.collectGarbage();
    MetricsPage page = system.metrics();
    return (long)
        (page.sum("jvm_memory_used_bytes{area=\"heap\"}")
            + page.sum("carillon_netty_direct_memory_bytes"));
  }

  /** Bytes of RAM. */
  long peak() {
    return peak;
  }

  void end() {
    ended = true;
  }
}
