package io.carillon.standalone.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintStream;
import java.util.Map;

/**
 * Where a command writes: results to the output, all else beside it. Thread-safe, guarded by this.
 */
final class Console {
  private static final String ESCAPE = "\u001b[";

  private final PrintStream out;
  private final PrintStream err;
  private final Style style;
  private boolean progressing;

  /**
   * What the streams are.
   *
   * @param terminal the output is one that a person looks at
   * @param live the other stream is one, so that a line can be written again
   * @param colours where it is one, colours are welcome
   */
  record Style(boolean terminal, boolean live, boolean colours) {
    static final Style PLAIN = new Style(false, false, false);

    /**
     * By what {@code ./carillon} found out, which a JVM cannot for each stream, and <a
     * href="https://no-color.org">NO_COLOR</a>.
     *
     * @param terminals {@code out}, {@code err}, both or none
     */
    static Style of(String terminals, Map<String, String> environment) {
      boolean colours =
          environment.getOrDefault("NO_COLOR", "").isEmpty()
              && !environment.getOrDefault("TERM", "").equals("dumb");
      return new Style(terminals.contains("out"), terminals.contains("err"), colours);
    }
  }

  Console(PrintStream out, PrintStream err, Style style) {
    this.out = out;
    this.err = err;
    this.style = style;
  }

  boolean isTerminal() {
    return style.terminal();
  }

  /** Whether progress can be shown in one line that changes. */
  boolean isLive() {
    return style.live();
  }

  /**
   * Writes one line of results in one piece, and waits until it is handed over.
   *
   * @return false when nobody reads them any more
   */
  synchronized boolean print(String line) {
    endProgress();
    byte[] bytes = (line + "\n").getBytes(UTF_8);
    out.write(bytes, 0, bytes.length);
    return !out.checkError();
  }

  /** Tells a person something that is no result. */
  synchronized void say(String line) {
    endProgress();
    err.println(line);
    err.flush();
  }

  /** Shows how far something is, in place of what was shown before. */
  synchronized void progress(String line) {
    if (style.live()) {
      err.print("\r" + line + ESCAPE + "K");
      err.flush();
      progressing = true;
    } else {
      err.println(line);
    }
  }

  private void endProgress() {
    if (progressing) {
      err.print("\r" + ESCAPE + "K");
      err.flush();
      progressing = false;
    }
  }

  String dim(String text) {
    return styled("2m", text);
  }

  String strong(String text) {
    return styled("1m", text);
  }

  private String styled(String code, String text) {
    return style.terminal() && style.colours() && !text.isEmpty()
        ? ESCAPE + code + text + ESCAPE + "0m"
        : text;
  }
}
