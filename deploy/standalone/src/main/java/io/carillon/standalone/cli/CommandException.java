package io.carillon.standalone.cli;

/** Why a command ends; the message is one line for people. */
final class CommandException extends RuntimeException {
  private final boolean wrongFromOutside;

  private CommandException(String message, boolean wrongFromOutside) {
    super(message);
    this.wrongFromOutside = wrongFromOutside;
  }

  /** The arguments or settings are not right. */
  static CommandException wrong(String message) {
    return new CommandException(message, true);
  }

  /** The server refused, or there is none. */
  static CommandException failed(String message) {
    return new CommandException(message, false);
  }

  static CommandException noServer(Target target) {
    return failed(
        "no Carillon server answers at "
            + target.url()
            + " (expected: a running one; ./carillon start)");
  }

  boolean wrongFromOutside() {
    return wrongFromOutside;
  }
}
