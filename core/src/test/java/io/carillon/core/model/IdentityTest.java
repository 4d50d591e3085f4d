package io.carillon.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IdentityTest {
  @Test
  void aConnectionIsFoundByItsSocketId() {
    Random random = new Random(7);
    for (int i = 0; i < 1_000; i++) {
      ConnectionId id = new ConnectionId(random.nextLong() & Long.MAX_VALUE);
      assertThat(id.socketId()).matches("\\d+\\.\\d+");
      assertThat(ConnectionId.ofSocketId(id.socketId())).isEqualTo(id);
    }
    assertThat(new ConnectionId(0).socketId()).isEqualTo("0.0");
    assertThat(new ConnectionId(Long.MAX_VALUE).socketId()).isEqualTo("2147483647.4294967295");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "1.", ".1", "1", "1.2.3", "a.1", "1.-2", "1. 2", "１.2"})
  void theseAreNoSocketIds(String text) {
    assertThat(ConnectionId.isSocketId(text)).isFalse();
    assertThat(ConnectionId.ofSocketId(text)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2147483648.1", "1.4294967296", "99999999999.1", "1.99999999999"})
  void theseAreSocketIdsOfOtherServers(String text) {
    assertThat(ConnectionId.isSocketId(text)).isTrue();
    assertThat(ConnectionId.ofSocketId(text)).isNull();
  }

  @Test
  void aSecretDoesNotPrint() {
    Secret secret = Secret.of("7ad3773142a6692b25b8");

    assertThat(secret.toString()).doesNotContain("7ad");
    assertThat(new ApiKey(new KeyId("k"), secret, "label").toString()).doesNotContain("7ad");
    assertThat(secret).isEqualTo(Secret.of("7ad3773142a6692b25b8")).isNotEqualTo(Secret.of("x"));
    assertThatThrownBy(() -> Secret.of("")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void positionsAreOrderedByEpochFirst() {
    assertThat(new Position(2, 0).isAfter(new Position(1, 9))).isTrue();
    assertThat(new Position(1, 2).isAfter(new Position(1, 2))).isFalse();
    assertThat(new Position(1, 2).isAfter(new Position(1, 1))).isTrue();
  }
}
