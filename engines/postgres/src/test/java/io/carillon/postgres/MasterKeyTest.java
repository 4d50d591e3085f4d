package io.carillon.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.core.model.AppId;
import io.carillon.core.model.KeyId;
import io.carillon.core.model.Secret;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MasterKeyTest {
  private static final AppId APP = new AppId("1");
  private static final KeyId KEY = new KeyId("key");
  private static final Secret SECRET = Secret.of("Emmanuel");

  @Test
  void anotherMasterKeyIsToldAtStart() throws Exception {
    try (TestPostgres database = TestPostgres.database()) {
      EngineUnderTest.on(database).close();

      assertThatThrownBy(() -> EngineUnderTest.on(database, "ff".repeat(32)))
          .rootCause()
          .isInstanceOf(MasterKeyException.class)
          .hasMessageStartingWith("CARILLON_MASTER_KEY: another key than the one that sealed");
      EngineUnderTest.on(database).close();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "short",
        "not-hex-but-sixty-four-characters-long-not-hex-but-sixty-four-ch",
        "AAAA"
      })
  void whatIsNo32BytesIsRefusedWithoutShowingIt(String text) {
    assertThatThrownBy(() -> SecretSeal.of(text))
        .isInstanceOf(MasterKeyException.class)
        .hasMessage(
            "CARILLON_MASTER_KEY: "
                + text.length()
                + " characters (expected: 32 bytes as 64 hex digits or as Base64)");
  }

  @Test
  void hexAndBothKindsOfBase64AreOneKey() {
    byte[] sealed = SecretSeal.of("fb".repeat(32)).seal(APP, KEY, SECRET);
    byte[] bytes = HexFormat.of().parseHex("fb".repeat(32));

    String plain = Base64.getEncoder().encodeToString(bytes);
    String forUrls = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);

    assertThat(SecretSeal.of(plain).open(APP, KEY, sealed)).contains(SECRET);
    assertThat(SecretSeal.of(forUrls + "\n").open(APP, KEY, sealed)).contains(SECRET);
  }

  @Test
  void aSealOpensForItsOwnAppAndKeyOnlyAndOnlyUnchanged() {
    SecretSeal seal = SecretSeal.of(EngineUnderTest.MASTER_KEY);
    byte[] sealed = seal.seal(APP, KEY, SECRET);

    assertThat(seal.open(APP, KEY, sealed)).contains(SECRET);
    assertThat(seal.open(new AppId("2"), KEY, sealed)).isEmpty();
    assertThat(seal.open(APP, new KeyId("other"), sealed)).isEmpty();
    for (int i = 0; i < sealed.length; i++) {
      byte[] changed = sealed.clone();
      changed[i] ^= 1;
      assertThat(seal.open(APP, KEY, changed)).isEmpty();
    }
    assertThat(seal.open(APP, KEY, new byte[0])).isEmpty();
  }

  @Test
  void twoSealsOfOneSecretDiffer() {
    SecretSeal seal = SecretSeal.of(EngineUnderTest.MASTER_KEY);

    assertThat(seal.seal(APP, KEY, SECRET)).isNotEqualTo(seal.seal(APP, KEY, SECRET));
  }
}
