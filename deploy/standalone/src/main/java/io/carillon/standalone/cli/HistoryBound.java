package io.carillon.standalone.cli;

import io.carillon.client.Channel;
import io.carillon.client.Message;
import io.carillon.client.Position;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where history begins or ends: a position, or a moment by the server's clock. Immutable. */
sealed interface HistoryBound {
  /** The position of the first message that is not before the bound, or empty if none is. */
  Optional<Position> first(Channel<Object> channel);

  /** The position of the first message behind the bound, or empty if there is none yet. */
  Optional<Position> firstBehind(Channel<Object> channel);

  Pattern AGO = Pattern.compile("(\\d{1,9})([smhd])");

  /**
   * Reads {@code 1@42}, {@code 2026-01-31T09:00:00Z}, the same without a zone for the clock of this
   * machine, or {@code 90s}, {@code 10m}, {@code 2h}, {@code 7d} before now.
   */
  static HistoryBound of(String option, String text) {
    try {
      Matcher ago = AGO.matcher(text);
      if (ago.matches()) {
        return new At(Instant.now().minus(ago(Long.parseLong(ago.group(1)), ago.group(2))));
      }
      if (text.indexOf('@') > 0) {
        return new Behind(Position.parse(text));
      }
      boolean zoned = text.endsWith("Z") || text.lastIndexOf('+') > 0 || text.lastIndexOf('-') > 10;
      return new At(
          zoned
              ? OffsetDateTime.parse(text).toInstant()
              : LocalDateTime.parse(text).atZone(ZoneId.systemDefault()).toInstant());
    } catch (DateTimeException | IllegalArgumentException e) {
      throw CommandException.wrong(
          "%s: %s (expected: a position such as 1@42, a time such as 2026-01-31T09:00:00Z, or 10m)"
              .formatted(option, Text.printable(text)));
    }
  }

  private static Duration ago(long number, String unit) {
    return switch (unit) {
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }

  /** At a position, whether a message stands there or not. */
  record Behind(Position position) implements HistoryBound {
    @Override
    public Optional<Position> first(Channel<Object> channel) {
      return Optional.of(position);
    }

    @Override
    public Optional<Position> firstBehind(Channel<Object> channel) {
      return Optional.of(new Position(position.epoch(), position.offset() + 1));
    }
  }

  /** At a moment, which is searched for in the log by halving. */
  record At(Instant moment) implements HistoryBound {
    private static final int EPOCHS_MAX = 1_000;

    @Override
    public Optional<Position> first(Channel<Object> channel) {
      return search(channel, moment);
    }

    @Override
    public Optional<Position> firstBehind(Channel<Object> channel) {
      return search(channel, moment.plusMillis(1));
    }

    private static Optional<Position> search(Channel<Object> channel, Instant wanted) {
      Optional<Message<Object>> found = one(channel.history(page -> page.limit(1)).items());
      if (found.isEmpty() || found.get().timestamp().isBefore(wanted)) {
        return Optional.empty();
      }
      Position position = found.get().position();
      for (int epochs = 0; epochs < EPOCHS_MAX; epochs++) {
        position = firstOfEpoch(channel, wanted, position);
        Position here = position;
        Optional<Message<Object>> before =
            one(channel.history(page -> page.before(here).limit(1)).items());
        if (before.isEmpty() || before.get().timestamp().isBefore(wanted)) {
          break;
        }
        position = before.get().position();
      }
      return Optional.of(position);
    }

    /** In the epoch of a message that is late enough. */
    private static Position firstOfEpoch(
        Channel<Object> channel, Instant wanted, Position lateEnough) {
      Position best = lateEnough;
      long low = 0;
      long high = lateEnough.offset() - 1;
      while (low < high) {
        Position middle = new Position(lateEnough.epoch(), (low + high) / 2);
        Optional<Message<Object>> next =
            one(channel.history(page -> page.after(middle).limit(1)).items());
        if (next.isPresent() && next.get().timestamp().isBefore(wanted)) {
          low = next.get().position().offset();
        } else {
          best = next.map(Message::position).orElse(best);
          high = middle.offset();
        }
      }
      return best;
    }

    private static Optional<Message<Object>> one(List<Message<Object>> items) {
      return items.stream().findFirst();
    }
  }
}
