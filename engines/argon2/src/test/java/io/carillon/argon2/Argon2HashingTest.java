package io.carillon.argon2;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.model.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Argon2HashingTest {
  private static final Secret PASSWORD = Secret.of("correct horse battery");

  private final Argon2Hashing hashing = new Argon2Hashing();

  @Test
  void onlyTheSamePasswordMatches() {
    Secret hash = hashing.hash(PASSWORD);

    assertThat(hashing.matches(PASSWORD, hash)).isTrue();
    assertThat(hashing.matches(Secret.of("correct horse batterz"), hash)).isFalse();
    assertThat(new String(hash.reveal(), US_ASCII)).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
  }

  @Test
  void twoHashesOfAPasswordDiffer() {
    assertThat(hashing.hash(PASSWORD)).isNotEqualTo(hashing.hash(PASSWORD));
  }

  /** Made by the reference implementation: {@code echo -n password | argon2 somesalt -id}. */
  @Test
  void theReferencesHashMatches() {
    Secret hash =
        Secret.of(
            "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ"
                + "$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc");

    assertThat(hashing.matches(Secret.of("password"), hash)).isTrue();
  }

  @Test
  void nobodysHashIsNoPasswords() {
    assertThat(hashing.matches(PASSWORD, hashing.nobodys())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "correct horse battery",
        "$argon2i$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "$argon2id$v=19$m=999999999,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "$argon2id$v=19$m=19456,t=0,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAA"
      })
  void whatIsNoHashMatchesNothing(String hash) {
    assertThat(hashing.matches(PASSWORD, Secret.of(hash))).isFalse();
  }
}
