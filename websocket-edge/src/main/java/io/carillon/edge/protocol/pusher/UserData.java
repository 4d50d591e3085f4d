package io.carillon.edge.protocol.pusher;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.session.User;
import io.carillon.edge.format.ClientJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the signed {@code user_data} of a sign-in. */
final class UserData {
  /** What was in it. */
  sealed interface Parsed {
    /**
     * A user.
     *
     * @param watchlistCut whether the watchlist was too long and only its beginning is taken
     */
    record Good(User user, boolean watchlistCut) implements Parsed {}

    record Bad(Problem problem) implements Parsed {}
  }

  private @Nullable String id;
  private @Nullable String info;
  private final Set<String> watchlist = new LinkedHashSet<>();

  private UserData() {}

  static Parsed parse(String text) {
    UserData data = new UserData();
    try (JsonParser parser = ClientJson.FACTORY.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return bad("user_data is not a JSON object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        data.read(parser.currentName(), parser);
      }
    } catch (IOException e) {
      return bad("user_data is not a JSON object");
    }
    Problem problem = ChannelData.problemWith(data.id, data.info);
    String id = data.id;
    if (problem != null || id == null) {
      return problem == null ? bad("no id") : bad(problem.detail());
    }
    List<String> watched = new ArrayList<>(data.watchlist);
    boolean cut = watched.size() > User.WATCHLIST_MAX;
    List<String> taken = cut ? watched.subList(0, User.WATCHLIST_MAX) : watched;
    return new Parsed.Good(new User(id, data.info, taken, text), cut);
  }

  private void read(String field, JsonParser parser) throws IOException {
    JsonToken value = parser.nextToken();
    switch (field) {
      case "id" -> id = PusherJson.idOrNull(parser, value);
      case "user_info" -> info = PusherJson.jsonOf(parser);
      case "watchlist" -> readWatchlist(parser, value);
      default -> parser.skipChildren();
    }
  }

  private void readWatchlist(JsonParser parser, JsonToken value) throws IOException {
    if (value != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return;
    }
    JsonToken item = parser.nextToken();
    while (item != null && item != JsonToken.END_ARRAY) {
      String watched = PusherJson.idOrNull(parser, item);
      if (watched != null && ChannelData.problemWith(watched, null) == null) {
        watchlist.add(watched);
      }
      item = parser.nextToken();
    }
  }

  private static Parsed bad(String detail) {
    return new Parsed.Bad(Problem.of(ErrorCode.SIGN_IN_INVALID, detail));
  }
}
