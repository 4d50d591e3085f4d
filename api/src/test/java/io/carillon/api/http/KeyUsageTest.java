package io.carillon.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.api.FakeTicker;
import io.carillon.core.model.KeyId;
import org.junit.jupiter.api.Test;

class KeyUsageTest {
  private final KeyUsage usage = new KeyUsage(new FakeTicker(7));

  @Test
  void theLatestUseIsKept() {
    usage.used(new KeyId("k"), "old");
    usage.used(new KeyId("k"), null);

    assertThat(usage.latest(new KeyId("k"))).isEqualTo(new KeyUsage.Use(null, 7_000));
  }

  @Test
  void aLongNameIsCut() {
    usage.used(new KeyId("k"), "x".repeat(1_000));

    assertThat(usage.latest(new KeyId("k"))).isEqualTo(new KeyUsage.Use("x".repeat(100), 7_000));
  }

  @Test
  void theKeysThatWereNotUsedLongestAreForgotten() {
    for (int i = 0; i <= 10_000; i++) {
      usage.used(new KeyId("k" + i), "x");
    }

    assertThat(usage.latest(new KeyId("k0"))).isNull();
    assertThat(usage.latest(new KeyId("k1"))).isNotNull();
    assertThat(usage.latest(new KeyId("k10000"))).isNotNull();
  }
}
