package io.carillon.standalone.cli;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;

/** One command of the client. Stateless; what it needs is handed to it. */
interface Command {
  /** What it takes beside the options of all. */
  Arguments.Options options();

  /**
   * Runs until it is done.
   *
   * @throws CommandException when it cannot be done
   */
  void run(Arguments arguments, Surroundings surroundings) throws InterruptedException;

  /**
   * What is around a command. Immutable.
   *
   * @param environment of the process
   * @param in what is piped into it
   * @param folder that the names of files are relative to
   */
  record Surroundings(
      Map<String, String> environment, InputStream in, Path folder, Console console) {}
}
