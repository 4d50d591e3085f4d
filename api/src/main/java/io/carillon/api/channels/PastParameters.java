package io.carillon.api.channels;

import io.carillon.api.http.Checked;
import io.carillon.api.http.QueryParameters;
import io.carillon.api.http.Quoted;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.history.HistoryQuery;
import io.carillon.core.history.HistoryQuery.Direction;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.Position;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which page of a channel's past a query asks for. Stateless. */
final class PastParameters {
  static final Set<String> NAMES = Set.of("direction", "from", "limit");

  /** No number of more digits has a place in a log. */
  static final String FROM_FORM = "[0-9]{1,18}:[0-9]{1,18}";

  private static final int LIMIT = 100;
  private static final Pattern FROM = Pattern.compile(FROM_FORM);

  private PastParameters() {}

  static Checked<HistoryQuery> read(ChannelId channel, QueryParameters query) {
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
  static String write(HistoryQuery query, String from) {
    return "direction="
        + query.direction().name().toLowerCase(Locale.ROOT)
        + "&from="
        + from
        + "&limit="
        + query.limit();
  }
}
