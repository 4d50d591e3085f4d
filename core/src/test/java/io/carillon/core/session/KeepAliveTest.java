package io.carillon.core.session;

import static io.carillon.core.session.KeepAlive.Verdict.FINE;
import static io.carillon.core.session.KeepAlive.Verdict.GIVE_UP;
import static io.carillon.core.session.KeepAlive.Verdict.PING;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Clause 7.1 of the native protocol, and what Pusher clients expect of pings. */
final class KeepAliveTest {
  /** Near the end of a long, so that a comparison that overflows would show. */
  private static final long START = Long.MAX_VALUE - 50_000_000_000L;

  private final KeepAlive keepAlive =
      new KeepAlive(new KeepAlive.Timeouts(Duration.ofSeconds(120), Duration.ofSeconds(30)), START);

  @Test
  void silenceIsAskedOnceAndThenGivenUp() {
    assertThat(keepAlive.check(at(119))).isEqualTo(FINE);
    assertThat(keepAlive.check(at(120))).isEqualTo(PING);
    assertThat(keepAlive.check(at(121))).isEqualTo(FINE);
    assertThat(keepAlive.check(at(149))).isEqualTo(FINE);
    assertThat(keepAlive.check(at(150))).isEqualTo(GIVE_UP);
  }

  @Test
  void anythingReceivedProvesLife() {
    keepAlive.received(at(100));
    assertThat(keepAlive.check(at(219))).isEqualTo(FINE);
    assertThat(keepAlive.check(at(220))).isEqualTo(PING);

    keepAlive.received(at(249));

    assertThat(keepAlive.check(at(251))).isEqualTo(FINE);
    assertThat(keepAlive.check(at(369))).isEqualTo(PING);
  }

  @Test
  void nativeClientsAreGivenUpAfterTwiceTheInterval() {
    KeepAlive twice = new KeepAlive(KeepAlive.Timeouts.twice(Duration.ofSeconds(25)), START);

    assertThat(twice.check(at(24))).isEqualTo(FINE);
    assertThat(twice.check(at(25))).isEqualTo(PING);
    assertThat(twice.check(at(49))).isEqualTo(FINE);
    assertThat(twice.check(at(50))).isEqualTo(GIVE_UP);
  }

  private static long at(long seconds) {
    return START + Duration.ofSeconds(seconds).toNanos();
  }
}
