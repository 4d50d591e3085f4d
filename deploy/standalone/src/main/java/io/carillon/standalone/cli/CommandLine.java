package io.carillon.standalone.cli;

import io.carillon.standalone.files.StartException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the arguments of a command and runs it. Stateless. */
public final class CommandLine {
  private static final int DONE = 0;
  private static final int FAILED = 1;
  private static final int WRONG = 2;
  private static final String USAGE =
      """
      usage: ./carillon subscribe <channel>
             ./carillon publish <channel> <event> <data>
      options: --url <http://host:port>  --app <id>  --key <key>  --secret <secret>
               (without them: the server of this folder and its demo app)""";

  private CommandLine() {}

  /** Runs the command and answers the exit code; see {@code Main}. */
  public static int run(
      String[] arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
    Map<String, String> options = new HashMap<>();
    List<String> words = new ArrayList<>();
    try {
      split(arguments, options, words);
      Target target;
      switch (words.size() + " " + (words.isEmpty() ? "" : words.getFirst())) {
        case "2 subscribe" -> {
          target = Target.of(options, environment);
          new SubscribeCommand(target, words.get(1), out, err).run();
        }
        case "4 publish" -> {
          target = Target.of(options, environment);
          PublishCommand.run(target, words.get(1), words.get(2), words.get(3), out);
        }
        default -> {
          err.println(USAGE);
          return WRONG;
        }
      }
      return DONE;
    } catch (CommandException e) {
      err.println(e.getMessage());
      return e.wrongFromOutside() ? WRONG : FAILED;
    } catch (StartException e) {
      err.println(e.getMessage());
      return WRONG;
    }
  }

  private static void split(String[] arguments, Map<String, String> options, List<String> words) {
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--url", "--app", "--key", "--secret" -> {
          if (i + 1 == arguments.length) {
            throw CommandException.wrong(arguments[i] + ": nothing (expected: a value behind it)");
          }
          options.put(arguments[i], arguments[i + 1]);
          i++;
        }
        default -> words.add(arguments[i]);
      }
    }
  }
}
