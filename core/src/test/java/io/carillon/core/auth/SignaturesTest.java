package io.carillon.core.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.model.Secret;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The vectors of Pusher's documentation; {@code Mr. Pusher} is what its page prints by mistake. */
final class SignaturesTest {
  private static final Secret SECRET = Secret.of("7ad3773142a6692b25b8");

  static Stream<Arguments> vectors() {
    return Stream.of(
        Arguments.of(
            "1234.1234:private-foobar",
            "58df8b0c36d6982b82c3ecf6b4662e34fe8c25bba48f5369f135bf843651c3a4"),
        Arguments.of(
            "1234.1234::user::{\"id\":\"12345\"}",
            "4708d583dada6a56435fb8bc611c77c359a31eebde13337c16ab43aa6de336ba"),
        Arguments.of(
            "1234.1234:presence-foobar:"
                + "{\"user_id\":10,\"user_info\":{\"name\":\"Mr. Channels\"}}",
            "31935e7d86dba64c2a90aed31fdc61869f9b22ba9d8863bba239c03ca481bc80"),
        Arguments.of(
            "1234.1234:presence-foobar:{\"user_id\":10,\"user_info\":{\"name\":\"Mr. Pusher\"}}",
            "afaed3695da2ffd16931f457e338e6c9f2921fa133ce7dac49f529792be6304c"),
        Arguments.of(
            "1234.1234:presence-cache-foobar:{\"user_id\":\"10\"}",
            "01d6b8ce6a668891d3ded2167ec0da3f4d90f5d6fb8f20ad4c1e7fdfebd1e976"),
        Arguments.of(
            "1234.1234:private-encrypted-foobar",
            "e6a18892d037c5d5e76a2265df4f086ffc38631605530dfd214aa5bff495f533"),
        Arguments.of(
            "{\"time_ms\":1327078148132,\"events\":"
                + "[{\"name\":\"channel_occupied\",\"channel\":\"my-channel\"}]}",
            "c19001ae3963ccb13bf618e5b16ba9848e7e74df0993aa0689168e341c6833cf"),
        Arguments.of(
            "POST\n/apps/3/events\nauth_key=278d425bdf160c739803&auth_timestamp=1353088179"
                + "&auth_version=1.0&body_md5=ec365a775a4cd0599faeb73354201b6f",
            "da454824c97ba181a32ccc17a72625ba02771f50b50e1e7430e47a1f3f457e6c"));
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void theVectorsHold(String text, String signature) {
    assertThat(Signatures.sign(SECRET, text)).isEqualTo(signature);
    assertThat(Signatures.matches(SECRET, text, signature)).isTrue();
  }

  @Test
  void whatDiffersDoesNotMatch() {
    String signature = Signatures.sign(SECRET, "text");

    assertThat(Signatures.matches(SECRET, "texts", signature)).isFalse();
    assertThat(Signatures.matches(Secret.of("other"), "text", signature)).isFalse();
    assertThat(Signatures.matches(SECRET, "text", signature.substring(1))).isFalse();
    assertThat(Signatures.matches(SECRET, "text", "")).isFalse();
    assertThat(Signatures.matches(SECRET, "text", "é".repeat(64))).isFalse();
    assertThat(Signatures.matches(SECRET, "text", signature.toUpperCase(Locale.ROOT))).isFalse();
  }
}
