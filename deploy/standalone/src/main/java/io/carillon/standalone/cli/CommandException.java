package io.carillon.standalone.cli;

import io.carillon.client.CarillonException;
import io.carillon.core.error.ErrorCode;
import java.net.URI;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Why a command ends; the message is for people, in one line, or two with what to do. */
final class CommandException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean misuse;

  private CommandException(String message, boolean misuse, @Nullable Throwable cause) {
    super(message, cause);
    this.misuse = misuse;
  }

  /** The arguments or settings are not right. */
  static CommandException wrong(String message) {
    return new CommandException(message, true, null);
  }

  /** What was asked for did not come about. */
  static CommandException failed(String message) {
    return new CommandException(message, false, null);
  }

  /** Nobody is there. */
  static CommandException noServer(URI url) {
    return failed(
        "no Carillon server answers at " + url + " (expected: a running one; ./carillon start)");
  }

  /**
   * The server or the library refused.
   *
   * @param about what was asked for, such as a channel
   */
  static CommandException refused(String about, CarillonException error) {
    return new CommandException(about + ": " + text(error), false, error);
  }

  /** What is wrong and what to do, from the catalogue of errors. */
  static String text(CarillonException error) {
    String remedy =
        error
            .remedy()
            .or(
                () ->
                    Arrays.stream(ErrorCode.values())
                        .filter(code -> code.slug().equals(error.kind()))
                        .map(ErrorCode::remedy)
                        .findFirst())
            .map(words -> "\n  What to do: " + Text.printable(words))
            .orElse("");
    return "%s (%s, %d)%s"
        .formatted(
            Text.printable(String.valueOf(error.getMessage())),
            Text.printable(error.kind()),
            error.code(),
            remedy);
  }

  boolean isMisuse() {
    return misuse;
  }
}
