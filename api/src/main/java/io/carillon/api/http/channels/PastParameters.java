package io.carillon.api.http.channels;

import io.carillon.api.http.Checked;
import io.carillon.api.http.QueryParameters;
import io.carillon.api.http.Quoted;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.history.HistoryQuery;
import io.carillon.core.history.HistoryQuery.Direction;
import io.carillon.core.history.PastQuery;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.Position;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which page of a channel's past a query asks for. Stateless. */
public final class PastParameters {
  public static final Set<String> NAMES = Set.of("direction", "from", "limit", "after", "before");

  /** No number of more digits has a place in a log. */
  public static final String FROM_FORM = "[0-9]{1,18}:[0-9]{1,18}";

  private static final int LIMIT = 100;
  private static final Pattern MILLIS = Pattern.compile("[0-9]{1,15}");
  private static final Pattern FROM = Pattern.compile(FROM_FORM);

  private PastParameters() {}

  public static Checked<PastQuery> read(ChannelId channel, QueryParameters query) {
    return page(channel, query)
        .then(
            page ->
                time("after", query.get("after"))
                    .then(
                        after ->
                            time("before", query.get("before"))
                                .then(
                                    before ->
                                        Checked.valid(
                                            new PastQuery(
                                                page, after.millis(), before.millis())))));
  }

  /** A moment, if one was sent. */
  private record Moment(@Nullable Long millis) {}

  private static Checked<Moment> time(String name, @Nullable String text) {
    if (text == null) {
      return Checked.valid(new Moment(null));
    }
    try {
      return Checked.valid(
          new Moment(
              MILLIS.matcher(text).matches()
                  ? Long.parseLong(text)
                  : OffsetDateTime.parse(text).toInstant().toEpochMilli()));
    } catch (DateTimeException | ArithmeticException e) {
      return Checked.refused(
          ErrorCode.BAD_REQUEST,
          name
              + ": "
              + Quoted.of(text)
              + " (expected: milliseconds since 1970, or a time like 2026-01-31T09:00:00Z)");
    }
  }

  private static Checked<HistoryQuery> page(ChannelId channel, QueryParameters query) {
    return query
        .number("limit", LIMIT, HistoryQuery.LIMIT_MAX)
        .then(
            limit ->
                direction(query.get("direction", "backward"))
                    .then(direction -> read(channel, direction, query.get("from"), limit)));
  }

  private static Checked<HistoryQuery> read(
      ChannelId channel, Direction direction, @Nullable String from, int limit) {
    if (from == null) {
      return Checked.valid(new HistoryQuery(channel, direction, null, limit));
    }
    if (!FROM.matcher(from).matches()) {
      return Checked.refused(
          ErrorCode.POSITION_INVALID, "from: " + Quoted.of(from) + " (expected: <epoch>:<offset>)");
    }
    int colon = from.indexOf(':');
    Position position =
        new Position(
            Long.parseLong(from.substring(0, colon)), Long.parseLong(from.substring(colon + 1)));
    return Checked.valid(new HistoryQuery(channel, direction, position, limit));
  }

  private static Checked<Direction> direction(String text) {
    return switch (text) {
      case "backward" -> Checked.valid(Direction.BACKWARD);
      case "forward" -> Checked.valid(Direction.FORWARD);
      default ->
          Checked.refused(
              ErrorCode.BAD_REQUEST,
              "direction: " + Quoted.of(text) + " (expected: backward or forward)");
    };
  }

  /** The query that asks for the page behind this one. */
  public static String write(PastQuery query, String from) {
    Long after = query.afterMillis();
    Long before = query.beforeMillis();
    return "direction="
        + query.page().direction().name().toLowerCase(Locale.ROOT)
        + "&from="
        + from
        + "&limit="
        + query.page().limit()
        + (after == null ? "" : "&after=" + after)
        + (before == null ? "" : "&before=" + before);
  }
}
