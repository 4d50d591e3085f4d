package io.carillon.standalone.cli;

import io.carillon.client.Channel;
import io.carillon.client.HistoryOptions;
import io.carillon.client.HistoryPage;
import io.carillon.client.Message;
import io.carillon.client.Position;
import io.carillon.standalone.cli.MessageLines.Form;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Prints a channel's past, page by page. Stateless. */
final class HistoryCommand implements Command {
  private static final int LIMIT = 100;
  private static final int PAGE_MAX = 1_000;
  private static final Position BEFORE_ALL = new Position(0, 0);

  @Override
  public Arguments.Options options() {
    return new Arguments.Options(Set.of("--limit", "--from", "--until"), Set.of("--reverse"));
  }

  @Override
  public void run(Arguments arguments, Surroundings surroundings) throws InterruptedException {
    String name = arguments.words("channel").getFirst();
    int limit =
        arguments.value("--limit").filter("all"::equals).isPresent()
            ? Integer.MAX_VALUE
            : arguments.number("--limit", LIMIT, 1, Integer.MAX_VALUE);
    Optional<HistoryBound> from =
        arguments.value("--from").map(text -> HistoryBound.of("--from", text));
    Optional<HistoryBound> until =
        arguments.value("--until").map(text -> HistoryBound.of("--until", text));
    Target target = Target.of(arguments, surroundings.environment());
    Console console = surroundings.console();
    try (Client client =
            Client.open(target, Identity.of(arguments, target), console, Client.Patience.FAIL);
        ExecutorService reader = Executors.newVirtualThreadPerTaskExecutor()) {
      Channel<Object> channel = client.carillon().channel(name);
      MessageLines lines =
          new MessageLines(console, arguments.has("--json") ? Form.JSON : Form.PAST);
      // reading waits for answers; this thread also waits for what goes wrong with the connection
      client.await(
          CompletableFuture.runAsync(
              () ->
                  Range.of(channel, from, until)
                      .ifPresent(
                          range ->
                              new Reading(channel, range, arguments.has("--reverse"), limit)
                                  .print(console, lines)),
              reader));
    }
  }

  /**
   * Which positions are wanted.
   *
   * @param first the first one
   * @param behind the first one that is not; empty for all that follow
   */
  private record Range(Optional<Position> first, Optional<Position> behind) {
    /** Empty when nothing can be in it. */
    static Optional<Range> of(
        Channel<Object> channel, Optional<HistoryBound> from, Optional<HistoryBound> until) {
      Optional<Position> first = from.flatMap(bound -> bound.first(channel));
      return from.isPresent() && first.isEmpty()
          ? Optional.empty()
          : Optional.of(new Range(first, until.flatMap(bound -> bound.firstBehind(channel))));
    }

    boolean holds(Position position) {
      return first.map(start -> position.compareTo(start) >= 0).orElse(true)
          && behind.map(end -> position.compareTo(end) < 0).orElse(true);
    }
  }

  private record Reading(Channel<Object> channel, Range range, boolean reverse, int limit) {
    void print(Console console, MessageLines lines) {
      int left = limit;
      HistoryPage<Object> page = channel.history(this::options);
      while (true) {
        for (Message<Object> message : page.items()) {
          if (left == 0 || !range.holds(message.position())) {
            return;
          }
          if (!console.print(lines.line(channel.name(), message))) {
            throw new OutputClosed();
          }
          left--;
        }
        if (left == 0 || !page.hasMore()) {
          return;
        }
        page = page.next();
      }
    }

    /** The oldest first with {@code --reverse}. */
    private void options(HistoryOptions options) {
      options.limit(Math.min(limit, PAGE_MAX));
      if (reverse) {
        options.after(
            range
                .first()
                .map(first -> new Position(first.epoch(), Math.max(0, first.offset() - 1)))
                .orElse(BEFORE_ALL));
      } else {
        range.behind().ifPresent(options::before);
      }
    }
  }
}
