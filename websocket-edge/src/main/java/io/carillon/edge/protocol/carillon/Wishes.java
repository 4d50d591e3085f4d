package io.carillon.edge.protocol.carillon;

import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.Position;
import io.carillon.core.session.Catchup;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The channels that a request of the HTTP transports asks for (13.5), read and checked. */
public sealed interface Wishes {
  /**
   * One channel.
   *
   * @param since after which position, or null for none
   * @param rewind how many of the newest; only without {@code since}
   */
  record Wish(ChannelName channel, @Nullable Position since, @Nullable Integer rewind) {}

  /** What is asked for. */
  record Valid(List<Wish> all) implements Wishes {
    public Valid {
      all = List.copyOf(all);
    }
  }

  record Refused(Problem problem) implements Wishes {}

  /**
   * Reads a request.
   *
   * @param query decoded parameters, in the order in which they came
   * @param lastEventId the header of that name, which counts more than a cursor of the query
   */
  static Wishes read(Map<String, List<String>> query, @Nullable String lastEventId) {
    return new Reading(query, lastEventId).read();
  }

  /** One reading. Not thread-safe. */
  final class Reading {
    private static final Pattern POSITION = Pattern.compile("(\\d{1,16})@(\\d{1,16})");
    private static final Pattern COUNT = Pattern.compile("\\d{1,4}");

    private final Map<String, List<String>> query;
    private final @Nullable String lastEventId;
    private @Nullable Problem problem;

    private Reading(Map<String, List<String>> query, @Nullable String lastEventId) {
      this.query = query;
      this.lastEventId = lastEventId;
    }

    private Wishes read() {
      String cursor = cursor();
      Map<ChannelName, Position> held = cursor == null ? Map.of() : Cursor.read(cursor);
      if (held == null) {
        return refused(
            ErrorCode.CURSOR_INVALID, Objects.requireNonNull(cursor).length() + " characters");
      }
      Map<ChannelName, Wish> wishes = named();
      Problem wrong = problem;
      if (wrong != null) {
        return new Refused(wrong);
      }
      held.forEach(
          (channel, position) ->
              wishes.compute(
                  channel,
                  (key, named) ->
                      !position.equals(Cursor.NOWHERE)
                          ? new Wish(channel, position, null)
                          : named != null ? named : new Wish(channel, null, null)));
      return Cursor.fits(wishes.keySet())
          ? new Valid(List.copyOf(wishes.values()))
          : refused(
              ErrorCode.TOO_MANY_ITEMS,
              wishes.size()
                  + " channels (expected: as many as a cursor of "
                  + Cursor.CHARACTERS_MAX
                  + " characters holds)");
    }

    private @Nullable String cursor() {
      if (lastEventId != null && !lastEventId.isEmpty()) {
        return lastEventId;
      }
      return all("cursor").isEmpty() ? null : all("cursor").getFirst();
    }

    private List<String> all(String name) {
      return query.getOrDefault(name, List.of());
    }

    private Map<ChannelName, Wish> named() {
      List<String> channels = all("ch");
      List<String> since = forEach("since", channels.size());
      List<String> rewind = forEach("rewind", channels.size());
      Map<ChannelName, Wish> wishes = new LinkedHashMap<>();
      Set<String> once = new LinkedHashSet<>();
      for (int i = 0; problem == null && i < channels.size(); i++) {
        String wrong = ChannelName.problemWith(channels.get(i));
        if (wrong != null) {
          problem = Problem.of(ErrorCode.CHANNEL_NAME_INVALID, wrong);
        } else if (!once.add(channels.get(i))) {
          bad("ch: " + channels.get(i) + " twice (expected: each channel once)");
        } else {
          ChannelName channel = ChannelName.of(channels.get(i));
          Position position = position(since.get(i));
          wishes.put(
              channel, new Wish(channel, position, position == null ? count(rewind.get(i)) : null));
        }
      }
      return wishes;
    }

    /** Values of a parameter that is given for each channel, for all of them at once, or not. */
    private List<String> forEach(String name, int channels) {
      List<String> values = all(name);
      if (values.size() == channels) {
        return values;
      }
      boolean common = values.size() == 1 && name.equals("rewind");
      if (!values.isEmpty() && !common) {
        bad(name + ": " + values.size() + " times (expected: once for each ch)");
      }
      return Collections.nCopies(channels, common ? values.getFirst() : "");
    }

    private @Nullable Position position(String text) {
      if (text.isEmpty()) {
        return null;
      }
      Matcher matcher = POSITION.matcher(text);
      if (!matcher.matches()) {
        problem =
            Problem.of(
                ErrorCode.POSITION_INVALID, "since (expected: <epoch>@<offset>, or nothing)");
        return null;
      }
      long epoch = Long.parseLong(matcher.group(1));
      long offset = Long.parseLong(matcher.group(2));
      if (!Position.isValid(epoch, offset)) {
        // no cursor holds it: the server could not read the one that it would give out next
        problem =
            Problem.of(ErrorCode.POSITION_INVALID, "since (expected: numbers up to 2^53 - 1)");
        return null;
      }
      return new Position(epoch, offset);
    }

    private @Nullable Integer count(String text) {
      if (text.isEmpty()) {
        return null;
      }
      int count = COUNT.matcher(text).matches() ? Integer.parseInt(text) : 0;
      if (count < 1 || count > Catchup.MESSAGES_MAX) {
        bad("rewind (expected: 1 to " + Catchup.MESSAGES_MAX + ")");
        return null;
      }
      return count;
    }

    private void bad(String detail) {
      problem = Problem.of(ErrorCode.BAD_REQUEST, detail);
    }

    private static Wishes refused(ErrorCode code, String detail) {
      return new Refused(Problem.of(code, detail));
    }
  }
}
