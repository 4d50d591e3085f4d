package io.carillon.core.account;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.runtime.Ticker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class AttemptLimitsTest {
  private static final EmailAddress ANNA = new EmailAddress("anna@example.com");

  private final HandTicker ticker = new HandTicker();
  private final AttemptLimits limits = new AttemptLimits(ticker);

  private static final class HandTicker implements Ticker {
    private long nanos;

    @Override
    public long nanos() {
      return nanos;
    }

    @Override
    public long epochMillis() {
      return 0;
    }
  }

  @Test
  void anAccountIsTriedSoOftenFromAnywhere() {
    for (int i = 0; i < AttemptLimits.BY_ACCOUNT; i++) {
      assertThat(limits.attempt(new Source("192.0.2." + i), ANNA)).isNull();
    }

    Problem refusal = requireNonNull(limits.attempt(new Source("192.0.2.99"), ANNA));
    assertThat(refusal.code()).isEqualTo(ErrorCode.TOO_MANY_ATTEMPTS);
    assertThat(Duration.ofMillis(refusal.afterMillis()))
        .isBetween(Duration.ofSeconds(1), AttemptLimits.PERIOD);

    ticker.nanos += Duration.ofMillis(refusal.afterMillis()).toNanos();
    assertThat(limits.attempt(new Source("192.0.2.99"), ANNA)).isNull();
  }

  @Test
  void whoIsKnownThereIsCountedApart() {
    for (int i = 0; i < AttemptLimits.BY_ACCOUNT; i++) {
      assertThat(limits.attempt(new Source("192.0.2." + i), ANNA)).isNull();
    }
    Source home = new Source("2001:db8:0:1:0:0:0:7");
    Source sameHome = new Source("2001:db8:0:1:a:b:c:d");

    assertThat(limits.attempt(home, ANNA, () -> false)).isNotNull();
    for (int i = 0; i < AttemptLimits.BY_ACCOUNT; i++) {
      assertThat(limits.attempt(i % 2 == 0 ? home : sameHome, ANNA, () -> true)).isNull();
    }
    Problem refusal = requireNonNull(limits.attempt(home, ANNA, () -> true));
    assertThat(refusal.detail()).endsWith("this account and address").doesNotContain("anna");
    assertThat(limits.attemptProof(home, ANNA)).isNull();
    assertThat(limits.attemptMail(home, ANNA)).isNull();
  }

  @Test
  void anAddressTriesSoOftenAtAnyAccounts() {
    Source from = new Source("192.0.2.1");
    for (int i = 0; i < AttemptLimits.BY_ADDRESS; i++) {
      assertThat(limits.attempt(from, new EmailAddress("a" + i + "@example.com"))).isNull();
    }

    assertThat(limits.attempt(from, ANNA)).isNotNull();
    assertThat(limits.attempt(new Source("192.0.2.2"), ANNA)).isNull();
  }

  @Test
  void aNetworkOfVersion6CountsAsOneAddress() {
    for (int i = 0; i < AttemptLimits.BY_ADDRESS; i++) {
      assertThat(limits.attempt(new Source("2001:db8:0:1:0:0:0:" + i))).isNull();
    }

    assertThat(limits.attempt(new Source("2001:db8:0:1:a:b:c:d"))).isNotNull();
    assertThat(limits.attempt(new Source("2001:db8:0:2:0:0:0:1"))).isNull();
  }

  @Test
  void whatAllNodesCountTogetherCountsToo() {
    AttemptLimits shared =
        new AttemptLimits(
            ticker,
            attempt ->
                CompletableFuture.completedFuture(
                    attempt.what().equals("account anna@example.com") ? 1_234L : 0L));

    assertThat(shared.attempt(new Source("192.0.2.1"))).isNull();
    Problem refusal = requireNonNull(shared.attempt(new Source("192.0.2.1"), ANNA));
    assertThat(refusal.code()).isEqualTo(ErrorCode.TOO_MANY_ATTEMPTS);
    assertThat(refusal.afterMillis()).isEqualTo(1_234);
    assertThat(refusal.detail()).doesNotContain("anna");
  }
}
