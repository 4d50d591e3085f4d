package io.carillon.standalone.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.client.CarillonException;
import io.carillon.standalone.files.StartException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the arguments of a command and runs it. Stateless. */
public final class CommandLine {
  private static final int DONE = 0;
  private static final int FAILED = 1;
  private static final int WRONG = 2;

  private CommandLine() {}

  /** Runs the command with the process's streams and answers the exit code; see {@code Main}. */
  public static int run(String[] arguments, Map<String, String> environment) {
    String terminals = System.getProperty("carillon.terminals", "");
    Console.Style style = Console.Style.of(terminals, environment);
    Console console = new Console(System.out, System.err, style);
    Path folder = Path.of(System.getProperty("carillon.folder", ""));
    return run(arguments, new Command.Surroundings(environment, System.in, folder, console));
  }

  static int run(String[] arguments, Command.Surroundings surroundings) {
    Console console = surroundings.console();
    String name = arguments.length == 0 ? "help" : arguments[0];
    List<String> rest =
        Arrays.asList(arguments).subList(Math.min(1, arguments.length), arguments.length);
    if (name.equals("help") && !rest.isEmpty()) {
      name = rest.getFirst();
      rest = List.of("--help");
    }
    Command command = command(name);
    if (command == null) {
      console.say(help("help"));
      if (name.equals("help") || name.equals("--help") || name.equals("-h")) {
        return DONE;
      }
      console.say(Text.printable(name) + ": no such command (expected: one of those above)");
      return WRONG;
    }
    if (rest.contains("--help") || rest.contains("-h")) {
      console.print(help(name));
      return DONE;
    }
    return run(name, command, rest, surroundings);
  }

  private static int run(
      String name, Command command, List<String> rest, Command.Surroundings surroundings) {
    Console console = surroundings.console();
    try {
      command.run(Arguments.parse(rest, command.options()), surroundings);
      return DONE;
    } catch (CommandException e) {
      console.say(e.isMisuse() ? name + ": " + e.getMessage() : String.valueOf(e.getMessage()));
      if (e.isMisuse()) {
        console.say("  ./carillon help " + name + " shows how it is used");
      }
      return e.isMisuse() ? WRONG : FAILED;
    } catch (StartException | IllegalArgumentException e) {
      console.say(name + ": " + Text.printable(String.valueOf(e.getMessage())));
      return WRONG;
    } catch (CarillonException e) {
      console.say(name + ": " + CommandException.text(e));
      return FAILED;
    } catch (OutputClosed e) {
      return FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return FAILED;
    }
  }

  private static @Nullable Command command(String name) {
    return switch (name) {
      case "subscribe" -> new SubscribeCommand();
      case "publish" -> new PublishCommand();
      case "presence" -> new PresenceCommand();
      case "history" -> new HistoryCommand();
      case "apply" -> new ApplyCommand();
      case "backup" -> new BackupCommand();
      case "restore" -> new RestoreCommand();
      case "load" -> new LoadCommand();
      case "rehearse" -> new RehearseCommand();
      default -> null;
    };
  }

  /** The page about a command; {@code ./carillon help} shows the same files. */
  static String help(String command) {
    try (InputStream page = CommandLine.class.getResourceAsStream("help/" + command + ".txt")) {
      if (page == null) {
        throw new IllegalStateException("no help for " + command);
      }
      return new String(page.readAllBytes(), UTF_8).stripTrailing();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
