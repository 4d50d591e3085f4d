package io.carillon.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.model.AppId;
import io.carillon.core.runtime.Chance;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clause 10.1. */
final class SessionSecretTest {
  private static final AppId APP = new AppId("1");

  @Test
  void theKeyFollowsFromTheSecretAndTheApplication() {
    SessionSecret secret = SessionSecret.random(Chance.secure());
    SessionSecret same = Objects.requireNonNull(SessionSecret.ofText(secret.reveal()));

    assertThat(same.memberKey(APP))
        .isEqualTo(secret.memberKey(APP))
        .doesNotContain(secret.reveal());
    assertThat(same.memberKey(new AppId("2"))).isNotEqualTo(secret.memberKey(APP));
    assertThat(SessionSecret.random(Chance.secure()).memberKey(APP))
        .isNotEqualTo(secret.memberKey(APP));
    assertThat(secret.toString()).doesNotContain(secret.reveal());
  }

  /** The last character has bits that say nothing, and a client is told what it told. */
  @Test
  void aSecretIsRevealedAsItCame() {
    for (String text : List.of("AAAAAAAAAAAAAAAAAAAAAB", "-_azAZ09-_azAZ09-_azA9")) {
      assertThat(Objects.requireNonNull(SessionSecret.ofText(text)).reveal()).isEqualTo(text);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "short", "AAAAAAAAAAAAAAAAAAAAAA=", "AAAAAAAAAAAAAAAAAAAAA!"})
  void whatCannotBeASecretIsNone(String text) {
    assertThat(SessionSecret.ofText(text)).isNull();
  }
}
