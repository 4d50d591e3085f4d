package io.carillon.benchmark.profile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The values are the examples of Pusher's own documentation. */
class SigningTest {
  private final Signing signing = new Signing("278d425bdf160c739803", "7ad3773142a6692b25b8");

  @Test
  void signsRequests() {
    String body =
        "{\"name\":\"foo\",\"channels\":[\"project-3\"],\"data\":\"{\\\"some\\\":\\\"data\\\"}\"}";

    assertThat(signing.query("POST", "/apps/3/events", body.getBytes(UTF_8), 1_353_088_179))
        .isEqualTo(
            "auth_key=278d425bdf160c739803&auth_timestamp=1353088179&auth_version=1.0"
                + "&body_md5=ec365a775a4cd0599faeb73354201b6f"
                + "&auth_signature=da454824c97ba181a32ccc17a72625ba02771f50b50e1e7430e47a1f3f457e6c");
  }

  @Test
  void signsChannels() {
    assertThat(signing.channelAuth("1234.1234", "private-foobar"))
        .isEqualTo(
            "278d425bdf160c739803:58df8b0c36d6982b82c3ecf6b4662e34fe8c25bba48f5369f135bf843651c3a4");
  }
}
