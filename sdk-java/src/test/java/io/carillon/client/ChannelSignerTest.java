package io.carillon.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ChannelSignerTest {
  private static final String SOCKET = "1234.1234";
  private static final String KEY = Vectors.text("key");
  private static final String SECRET = Vectors.text("secret");
  private static final byte[] MASTER_KEY =
      Base64.getDecoder().decode(Vectors.text("encryptionMasterKey"));
  private static final ChannelSigner SIGNER =
      ChannelSigner.of(KEY, SECRET).withEncryptionMasterKey(MASTER_KEY);

  static Stream<JsonNode> channels() {
    return Vectors.of("channels");
  }

  static Stream<JsonNode> presenceChannels() {
    return Vectors.of("presenceChannels");
  }

  static Stream<JsonNode> users() {
    return Vectors.of("users");
  }

  static Stream<String> refusedSocketIds() {
    return Vectors.refused("socketIds");
  }

  static Stream<String> refusedChannels() {
    return Vectors.refused("channels");
  }

  static Stream<String> refusedPresenceChannels() {
    return Vectors.refused("presenceChannels");
  }

  static Stream<String> refusedData() {
    return Vectors.refused("data");
  }

  @ParameterizedTest
  @MethodSource("channels")
  void theVectorsOfPrivateChannelsHold(JsonNode vector) {
    check(vector, SIGNER.signChannel(text(vector, "socketId"), text(vector, "channel")));
  }

  @ParameterizedTest
  @MethodSource("presenceChannels")
  void theVectorsOfPresenceChannelsHold(JsonNode vector) {
    check(
        vector,
        SIGNER.signPresenceChannel(
            text(vector, "socketId"), text(vector, "channel"), text(vector, "channelData")));
  }

  @ParameterizedTest
  @MethodSource("users")
  void theVectorsOfUsersHold(JsonNode vector) {
    check(vector, SIGNER.signUser(text(vector, "socketId"), text(vector, "userData")));
  }

  @ParameterizedTest
  @MethodSource("refusedSocketIds")
  void aSocketIdOfAnotherFormIsRefused(String socketId) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SIGNER.signChannel(socketId, "private-foobar"))
        .withMessageMatching("socketId: \".*\" \\(expected: <digits>\\.<digits>\\)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SIGNER.signPresenceChannel(socketId, "presence-foobar", "{}"));
    assertThatIllegalArgumentException().isThrownBy(() -> SIGNER.signUser(socketId, "{}"));
  }

  @ParameterizedTest
  @MethodSource("refusedChannels")
  void aChannelThatIsNotPrivateIsRefused(String channel) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SIGNER.signChannel(SOCKET, channel))
        .withMessageMatching("channel: \".*\" \\(expected: private- .*\\)");
    assertThatIllegalArgumentException().isThrownBy(() -> SIGNER.sharedSecret(channel));
  }

  @ParameterizedTest
  @MethodSource("refusedPresenceChannels")
  void aChannelThatIsNotAPresenceChannelIsRefused(String channel) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SIGNER.signPresenceChannel(SOCKET, channel, "{}"))
        .withMessageMatching("channel: \".*\" \\(expected: presence- .*\\)");
  }

  @ParameterizedTest
  @MethodSource("refusedData")
  void dataThatIsNoObjectIsRefused(String data) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SIGNER.signPresenceChannel(SOCKET, "presence-foobar", data))
        .withMessageMatching("channelData: \".*\" \\(expected: a JSON object\\)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SIGNER.signUser(SOCKET, data))
        .withMessageMatching("userData: \".*\" \\(expected: a JSON object\\)");
  }

  @Test
  void aChannelOfTheLongestNameIsSigned() {
    assertThat(SIGNER.signChannel(SOCKET, "private-" + "a".repeat(192)).auth()).startsWith(KEY);
  }

  @Test
  void onlyEncryptedChannelsHaveASharedSecret() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SIGNER.sharedSecret("private-foobar"))
        .withMessageContaining("expected: private-encrypted- ");
  }

  @Test
  void anEncryptedChannelNeedsAMasterKey() {
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(
            () -> ChannelSigner.of(KEY, SECRET).signChannel(SOCKET, "private-encrypted-foobar"))
        .withMessage(
            "channel: \"private-encrypted-foobar\" (expected: a signer with a master key)");
  }

  @Test
  void aMasterKeyOfAnotherLengthIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SIGNER.withEncryptionMasterKey(new byte[31]))
        .withMessage("masterKey: 31 bytes (expected: 32 bytes)");
  }

  @Test
  void laterChangesOfTheArrayDoNotReachTheSigner() {
    byte[] mine = MASTER_KEY.clone();
    ChannelSigner signer = ChannelSigner.of(KEY, SECRET).withEncryptionMasterKey(mine);
    mine[0] = 0;

    assertThat(signer.sharedSecret("private-encrypted-foobar"))
        .isEqualTo(SIGNER.sharedSecret("private-encrypted-foobar"));
  }

  @Test
  void keyAndSecretAreNeeded() {
    assertThatIllegalArgumentException().isThrownBy(() -> ChannelSigner.of("", SECRET));
    assertThatIllegalArgumentException().isThrownBy(() -> ChannelSigner.of("a:b", SECRET));
    assertThatIllegalArgumentException().isThrownBy(() -> ChannelSigner.of(KEY, ""));
  }

  @Test
  void noSecretIsPrinted() {
    AuthAnswer answer = SIGNER.signChannel(SOCKET, "private-encrypted-foobar");

    assertThat(SIGNER).hasToString("ChannelSigner[key=" + KEY + "]");
    assertThat(answer).hasToString("AuthAnswer[auth=" + answer.auth() + "]");
  }

  private static void check(JsonNode vector, AuthAnswer answer) {
    assertThat(answer.auth()).isEqualTo(KEY + ":" + text(vector, "signature"));
    assertThat(Vectors.json(answer.json())).isEqualTo(vector.required("answer"));
  }

  private static String text(JsonNode vector, String name) {
    return vector.required(name).textValue();
  }
}
