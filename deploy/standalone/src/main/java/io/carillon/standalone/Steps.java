package io.carillon.standalone;

import java.io.PrintStream;
import java.util.function.Consumer;
import java.util.function.Function;

/** Shows what is being done and how long it took. Confined to the thread that starts. */
public final class Steps {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final PrintStream out;

  public Steps(PrintStream out) {
    this.out = out;
  }

  /**
   * Runs one step: {@code Postgres (embedded) ... 180 ms}. What the step tells meanwhile stands on
   * lines of its own.
   */
  <T> T run(String name, Function<Consumer<String>, T> step) {
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
