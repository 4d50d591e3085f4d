package io.carillon.core.model;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.carillon.core.auth.ClientToken;
import io.carillon.fuzz.Input;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Names and ids: what is said to be right is taken and the other way round; they fit their bounds,
 * and two of them are never the same bytes in a store.
 */
class ChannelNameFuzzTest {
  static Stream<byte[]> seeds() {
    return Stream.of(
            "chat:1",
            "private-encrypted-cache-a",
            "#server-to-user-\u00e9",
            "#x",
            "presence-",
            "#server-to-user-\ud83d\ude00",
            "123.456",
            "2147483647.4294967295",
            "00.1",
            "a/b",
            "#server-to-user-a\u0085b",
            "anna")
        .map(text -> text.getBytes(StandardCharsets.UTF_16BE));
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "4s")
  void whatIsTakenIsWhatIsSaidToBeRight(byte[] data) {
    String text = new Input(data).restAsChars();
    String problem = ChannelName.problemWith(text);
    try {
      ChannelName name = ChannelName.of(text);
      Input.check(problem == null, "taken with a problem: " + problem);
      Input.check(name.value().equals(text), "another name");
      Input.check(text.length() <= 216, "a name of " + text.length());
      checkBytes(text);
      if (name.kind() == ChannelKind.USER) {
        Input.check(ChannelName.ofUser(name.userId()).equals(name), "another user's channel");
      } else if (name.kind() != ChannelKind.INTERNAL) {
        new ChannelPattern(text);
      }
    } catch (IllegalArgumentException e) {
      Input.check(problem != null, "refused without a problem");
    }
    if (ClientToken.isId(text)) {
      checkBytes(text);
      Input.check(text.length() <= ClientToken.MAX_ID_LENGTH, "an id of " + text.length());
    }
    if (KeyId.isValid(text)) {
      new KeyId(text);
    }
    if (AppId.isValid(text)) {
      new AppId(text);
    }
    ConnectionId connection = ConnectionId.ofSocketId(text);
    if (connection != null) {
      Input.check(
          connection.equals(ConnectionId.ofSocketId(connection.socketId())), "another connection");
    }
  }

  private static void checkBytes(String text) {
    String stored = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    Input.check(stored.equals(text), "not the same in a store");
  }
}
