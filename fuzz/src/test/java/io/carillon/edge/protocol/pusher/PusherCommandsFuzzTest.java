package io.carillon.edge.protocol.pusher;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.carillon.core.model.Member;
import io.carillon.core.model.Payload;
import io.carillon.core.model.Position;
import io.carillon.core.session.User;
import io.carillon.edge.protocol.pusher.PusherCommand.ClientEvent;
import io.carillon.edge.protocol.pusher.PusherCommand.Counting;
import io.carillon.edge.protocol.pusher.PusherCommand.Malformed;
import io.carillon.fuzz.Cost;
import io.carillon.fuzz.Input;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Messages of Pusher's clients, and what they bring signed: never an exception, bounded memory, and
 * an event that is written again is the same event.
 */
class PusherCommandsFuzzTest {
  private static final ObjectMapper LIBRARY = new ObjectMapper();

  static Stream<byte[]> seeds() {
    return Input.seeds(
        "",
        "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"a\",\"auth\":\"k:s\",\"channel_data\":\"{}\"}}",
        "{\"event\":\"pusher:subscribe\",\"data\":\"{\\\"channel\\\":\\\"a\\\",\\\"carillon\\\":{\\\"since\\\":{\\\"e\\\":1,\\\"o\\\":2}}}\"}",
        "{\"event\":\"carillon:missed\",\"data\":{\"channel\":\"a\",\"carillon\":{\"since\":{\"e\":1,\"o\":2}}}}",
        "{\"event\":\"pusher:unsubscribe\",\"data\":{\"channel\":\"a\"}}",
        "{\"event\":\"client-x\",\"channel\":\"private-a\",\"data\":{\"a\":[1,2.5,null,\"\\u0000\"]}}",
        "{\"event\":\"client-x\",\"channel\":\"private-a\",\"data\":\"\\ud800\"}",
        "{\"event\":\"pusher:signin\",\"data\":{\"auth\":\"k:s\",\"user_data\":\"{\\\"id\\\":1}\"}}",
        "{\"event\":\"pusher:ping\",\"data\":{}}",
        "{\"user_id\":\"u\",\"user_info\":{\"name\":\"n\"}}",
        "{\"user_id\":\"\\udc00\"}",
        "{\"id\":\"u\",\"user_info\":{\"name\":\"n\"},\"watchlist\":[\"a\",1,null,{}]}");
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "4s")
  void nothingThrowsAndEventsStayTheSame(byte[] message) throws IOException {
    PusherCommand command = PusherCommands.decode(message);
    Cost.check(Cost.TABLE_OF_NAMES + 256L * message.length, () -> PusherCommands.decode(message));
    switch (command) {
      case ClientEvent event -> check(event);
      case PusherCommand.Subscribe subscribe -> check(subscribe.counting());
      case PusherCommand.Missed missed -> check(missed.since());
      case Malformed malformed ->
          Input.check(malformed.problem().detail().length() < 300, "a long refusal");
      default -> {}
    }
    String text = new String(message, StandardCharsets.UTF_8);
    if (ChannelData.parse(text) instanceof ChannelData.Parsed.Good(var member)) {
      check(member.userId());
      String info = member.info();
      if (info != null) {
        LIBRARY.readTree(info);
      }
    }
    if (UserData.parse(text) instanceof UserData.Parsed.Good(var user, var cut)) {
      check(user.id());
      Input.check(user.watchlist().size() <= User.WATCHLIST_MAX, "a long watchlist");
      user.watchlist().forEach(PusherCommandsFuzzTest::check);
    }
  }

  private static void check(ClientEvent event) throws IOException {
    ObjectNode again = LIBRARY.createObjectNode();
    again.put("event", event.name()).put("channel", event.channel());
    Payload payload = event.payload();
    if (payload.form() == Payload.Form.JSON) {
      again.set("data", LIBRARY.readTree(payload.bytes()));
    } else {
      again.put("data", payload.asText());
    }
    PusherCommand second = PusherCommands.decode(LIBRARY.writeValueAsBytes(again));
    Input.check(
        second instanceof ClientEvent(var name, var channel, var data)
            && wellFormed(name).equals(wellFormed(event.name()))
            && wellFormed(channel).equals(wellFormed(event.channel()))
            && data.form() == payload.form(),
        event + " became " + second);
  }

  private static String wellFormed(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  private static void check(Counting counting) {
    if (counting instanceof Counting.Since(var position)) {
      check(position);
    }
  }

  private static void check(Position position) {
    long max = (1L << 53) - 1;
    Input.check(
        position.epoch() >= 0 && position.epoch() <= max && position.offset() <= max,
        "position " + position);
  }

  /** An id becomes a part of names in stores, as UTF-8: two of them must not become one. */
  private static void check(String userId) {
    Input.check(
        !userId.isEmpty() && userId.length() <= Member.MAX_USER_ID_LENGTH,
        "a user id of no length");
    Input.check(userId.equals(wellFormed(userId)), "a user id that UTF-8 does not hold");
  }
}
