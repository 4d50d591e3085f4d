package io.carillon.standalone.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.model.AppId;
import io.carillon.core.model.KeyId;
import io.carillon.core.model.Secret;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** A vector of Pusher's public documentation. */
class SigningTest {
  private static final Target TARGET =
      new Target(
          URI.create("http://localhost"),
          new AppId("3"),
          new KeyId("278d425bdf160c739803"),
          Secret.of("7ad3773142a6692b25b8"));

  @Test
  void aRequestIsSignedWithItsBody() {
    String body =
        "{\"name\":\"foo\",\"channels\":[\"project-3\"],\"data\":\"{\\\"some\\\":\\\"data\\\"}\"}";

    String query =
        Signing.query(TARGET, "POST", "/apps/3/events", body.getBytes(UTF_8), 1353088179);

    assertThat(query)
        .contains("&body_md5=ec365a775a4cd0599faeb73354201b6f&")
        .endsWith(
            "&auth_signature=da454824c97ba181a32ccc17a72625ba02771f50b50e1e7430e47a1f3f457e6c");
  }
}
