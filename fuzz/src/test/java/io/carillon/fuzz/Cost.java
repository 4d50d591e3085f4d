package io.carillon.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** That a step allocates no more than it may. Stateless. */
public final class Cost {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /**
   * The table of names that all readers of JSON share has up to 6,000. It is copied for a message
   * with a new one, and again while that makes it grow.
   */
  public static final long TABLE_OF_NAMES = 4 << 20;

  /** What is allocated once in a while by no fault of the step. */
  private static final long ALWAYS = 256 * 1_024;

  private Cost() {}

  /** Fails when the step allocates more than this, and a constant. */
  public static void check(long bytesMax, Runnable step) {
    long bytes = of(step);
    if (bytes > ALWAYS + bytesMax) {
      bytes = of(step); // the first time classes are loaded, and changed by the fuzzer
    }
    if (bytes > ALWAYS + bytesMax) {
      throw new AssertionError(bytes + " bytes allocated (expected: up to " + bytesMax + ")");
    }
  }

  /** Time that this thread was at work: what others do on the machine is not in it. */
  public static long cpuNanos() {
    return THREADS.getCurrentThreadCpuTime();
  }

  private static long of(Runnable step) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    step.run();
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
