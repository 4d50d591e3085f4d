package io.carillon.standalone.cli;

import io.carillon.client.CarillonException;
import io.carillon.client.Channel;
import io.carillon.client.ChannelOptions;
import io.carillon.client.ChannelState;
import io.carillon.client.Gap;
import io.carillon.client.Message;
import io.carillon.client.Position;
import io.carillon.standalone.cli.MessageLines.Form;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;

/** Prints what arrives on channels until it is stopped. Stateless. */
final class SubscribeCommand implements Command {
  private static final int CHANNELS_MAX = 100;
  private static final int REWIND_MAX = 1_000;

  @Override
  public Arguments.Options options() {
    return new Arguments.Options(Set.of("--rewind", "--since", "--event", "--save"), Set.of());
  }

  @Override
  public void run(Arguments arguments, Surroundings surroundings) throws InterruptedException {
    List<String> channels = arguments.words("channel", CHANNELS_MAX);
    Start start = Start.of(arguments);
    Target target = Target.of(arguments, surroundings.environment());
    Console console = surroundings.console();
    Optional<Path> file = arguments.value("--save").map(surroundings.folder()::resolve);
    Form form = channels.size() > 1 ? Form.CHANNELS : Form.LIVE;
    Set<String> events =
        arguments.value("--event").map(text -> Set.of(text.split(","))).orElse(Set.of());
    try (SavedPositions saved = file.map(SavedPositions::of).orElseGet(SavedPositions::none);
        Client client =
            Client.open(
                target,
                Identity.of(arguments, target),
                console,
                saved.areKept() ? Client.Patience.WAIT : Client.Patience.FAIL)) {
      client.beforeClose(saved::close);
      MessageLines lines = new MessageLines(console, arguments.has("--json") ? Form.JSON : form);
      for (String channel : channels) {
        new Follower(
                channel,
                client,
                saved,
                new Printer(console, lines, events, arguments.has("--json")))
            .begin(start, target);
      }
      client.awaitEnd();
    }
  }

  /** Where a channel begins that was never saved. */
  private record Start(int rewind, Optional<Position> since) {
    static Start of(Arguments arguments) {
      int rewind = arguments.number("--rewind", 0, 1, REWIND_MAX);
      Optional<Position> since = arguments.value("--since").map(Start::position);
      if (rewind > 0 && since.isPresent()) {
        throw CommandException.wrong("--rewind and --since (expected: one of them)");
      }
      return new Start(rewind, since);
    }

    private static Position position(String text) {
      try {
        return Position.parse(text);
      } catch (IllegalArgumentException e) {
        throw CommandException.wrong(
            "--since: " + Text.printable(text) + " (expected: a position such as 1@42)");
      }
    }

    void put(ChannelOptions options, Optional<Position> saved) {
      Optional<Position> from = saved.or(() -> since);
      if (from.isPresent()) {
        options.since(from.get());
      } else if (rewind > 0) {
        options.rewind(rewind);
      }
    }
  }

  /** What of a channel is printed, and how. Immutable. */
  private record Printer(Console console, MessageLines lines, Set<String> events, boolean json) {
    boolean message(String channel, Message<Object> message) {
      return (!events.isEmpty() && !events.contains(message.name()))
          || console.print(lines.line(channel, message));
    }

    boolean gap(String channel, Gap gap) {
      console.say(MessageLines.text(channel, gap));
      return !json || console.print(MessageLines.json(channel, gap));
    }
  }

  /** One channel. Immutable; the library calls it one call at a time. */
  private record Follower(String name, Client client, SavedPositions saved, Printer printer) {
    void begin(Start start, Target target) {
      Optional<Position> from = saved.of(name);
      Channel<Object> channel =
          client.carillon().channel(name, options -> start.put(options, from));
      channel.onGap(gap -> step(gap.to(), () -> printer.gap(name, gap)));
      channel.onState(this::changed);
      channel
          .onMessage(message -> step(message.position(), () -> printer.message(name, message)))
          .ready()
          .whenComplete(
              (ready, thrown) -> {
                if (thrown != null) {
                  refused(thrown);
                  return;
                }
                // what comes from now on must not be missed by a process that is killed before it
                channel.position().ifPresent(position -> step(position, () -> true));
                printer
                    .console()
                    .say(
                        "Subscribed to "
                            + name
                            + " at "
                            + target.url()
                            + from.map(position -> ", behind " + position).orElse("")
                            + "; Ctrl-C ends");
              });
    }

    private void step(Position position, BooleanSupplier work) {
      try {
        if (!saved.step(name, position, work)) {
          client.fail(new OutputClosed());
        }
      } catch (CommandException notSaved) {
        client.fail(notSaved);
      }
    }

    private void changed(ChannelState state) {
      if (state instanceof ChannelState.Failed failed) {
        client.fail(CommandException.refused(name, failed.reason()));
      }
    }

    private void refused(Throwable thrown) {
      Throwable cause =
          thrown instanceof CompletionException && thrown.getCause() != null
              ? thrown.getCause()
              : thrown;
      client.fail(
          cause instanceof CarillonException error
              ? CommandException.refused(name, error)
              : new IllegalStateException(cause));
    }
  }
}
