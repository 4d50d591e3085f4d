package io.carillon.chaos;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/**
 * The command {@code ./carillon chaos}. Stateless.
 *
 * <p>Exit codes: 0 all promises were kept; 1 one was broken, or the suite could not go on; 2 wrong
 * arguments.
 */
public final class Main {
  private static final int BROKEN = 1;
  private static final int WRONG = 2;

  private Main() {}

  public static void main(String[] arguments) throws Exception {
    Options options;
    try {
      options = Options.parse(arguments);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(WRONG);
      return;
    }
    System.exit(play(options, System.out));
  }

  private static int play(Options options, PrintStream out) throws Exception {
    Suite suite =
        new Suite(
            options,
            line ->
                out.println(
                    LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS)
                        + " "
                        + line));
    Report report;
    try {
      report = suite.run();
    } catch (IllegalArgumentException | IllegalStateException e) {
      System.err.println("The suite could not go on: " + e.getMessage());
      return BROKEN;
    }
    Path file = options.output().resolve("chaos-report.md");
    Files.createDirectories(options.output());
    Files.writeString(file, report.text());
    out.println();
    out.println(report.text());
    out.println("Written to " + file);
    return report.isGood() ? 0 : BROKEN;
  }
}
