package io.carillon.edge.protocol.pusher;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.Member;
import io.carillon.core.model.PlainText;
import io.carillon.edge.format.ClientJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads the signed {@code channel_data} of a presence channel. */
final class ChannelData {

  /** What was in it. */
  sealed interface Parsed {
    record Good(Member member) implements Parsed {}

    record Bad(Problem problem) implements Parsed {}
  }

  private ChannelData() {}

  static Parsed parse(String text) {
    String userId = null;
    String info = null;
    try (JsonParser parser = ClientJson.FACTORY.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return bad("channel_data is not a JSON object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String field = parser.currentName();
        JsonToken value = parser.nextToken();
        if (field.equals("user_id")) {
          userId = PusherJson.idOrNull(parser, value);
        } else if (field.equals("user_info")) {
          info = PusherJson.jsonOf(parser);
        } else {
          parser.skipChildren();
        }
      }
    } catch (IOException e) {
      return bad("channel_data is not a JSON object");
    }
    Problem problem = problemWith(userId, info);
    if (problem != null || userId == null) {
      return problem == null ? bad("no user_id") : new Parsed.Bad(problem);
    }
    return new Parsed.Good(new Member(userId, info));
  }

  /** What is wrong with a user's id and data, or null. */
  static @Nullable Problem problemWith(@Nullable String userId, @Nullable String info) {
    if (userId == null || userId.isEmpty() || userId.length() > Member.MAX_USER_ID_LENGTH) {
      String seen =
          userId == null ? "no user id" : "a user id of " + userId.length() + " characters";
      return Problem.of(
          ErrorCode.MEMBER_INVALID, seen + " (expected: 1 to " + Member.MAX_USER_ID_LENGTH + ")");
    }
    if (!PlainText.isPlain(userId)) {
      return Problem.of(
          ErrorCode.MEMBER_INVALID, "a user id with control characters or half of a character");
    }
    int bytes = info == null ? 0 : info.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > Member.INFO_BYTES_MAX) {
      return Problem.of(
          ErrorCode.MEMBER_INVALID,
          "user_info of " + bytes + " bytes (expected: up to " + Member.INFO_BYTES_MAX + ")");
    }
    return null;
  }

  private static Parsed bad(String detail) {
    return new Parsed.Bad(Problem.of(ErrorCode.MEMBER_INVALID, detail));
  }
}
