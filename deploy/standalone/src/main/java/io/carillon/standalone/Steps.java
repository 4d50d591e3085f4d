package io.carillon.standalone;

import java.io.PrintStream;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows what is being done and how long it took. Confined to the thread that starts. */
public final class Steps {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private static final Logger LOG = LoggerFactory.getLogger(Steps.class);

  private final @Nullable PrintStream out;

  public Steps(PrintStream out) {
    this.out = out;
  }

  private Steps() {
    this.out = null;
  }

  /** For programs that read the log. */
  public static Steps logged() {
    return new Steps();
  }

  /**
   * Runs one step: {@code Postgres (embedded) ... 180 ms}. What the step tells meanwhile stands on
   * lines of its own.
   */
  <T> T run(String name, Function<Consumer<String>, T> step) {
    return out == null ? logged(name, step) : printed(out, name, step);
  }

  private static <T> T logged(String name, Function<Consumer<String>, T> step) {
    long begin = System.nanoTime();
    T result = step.apply(progress -> LOG.info("{}: {}", name, progress));
    LOG.info("{}: {} ms", name, (System.nanoTime() - begin) / NANOS_PER_MILLI);
    return result;
  }

  private static <T> T printed(PrintStream out, String name, Function<Consumer<String>, T> step) {
    long begin = System.nanoTime();
    out.print(name + " ... ");
    out.flush();
    boolean[] told = new boolean[1];
    T result;
    try {
      result =
          step.apply(
              progress -> {
                out.print((told[0] ? "" : System.lineSeparator()) + "  " + progress);
                out.println();
                told[0] = true;
              });
    } catch (RuntimeException e) {
      out.println("failed");
      throw e;
    }
    long millis = (System.nanoTime() - begin) / NANOS_PER_MILLI;
    out.println((told[0] ? "  " : "") + millis + " ms");
    return result;
  }
}
