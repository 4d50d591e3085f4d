package io.carillon.core.limit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.engine.Counters;
import io.carillon.core.engine.local.LocalEngine;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.limit.MessageRate.Ceilings;
import io.carillon.core.model.ApiKey;
import io.carillon.core.model.App;
import io.carillon.core.model.AppId;
import io.carillon.core.model.AppSettings;
import io.carillon.core.model.AppSettings.Limits;
import io.carillon.core.model.KeyId;
import io.carillon.core.model.Limit;
import io.carillon.core.model.LimitPlan;
import io.carillon.core.model.Secret;
import io.carillon.core.model.TenantId;
import io.carillon.core.testing.FakeTicker;
import io.carillon.core.testing.TestNode;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The levels of limits, each by itself and one under the other. */
final class HierarchyTest {
  private static final KeyId ONE = new KeyId("one");
  private static final KeyId TWO = new KeyId("two");

  private final FakeTicker ticker = new FakeTicker();
  private final Counters counters = new LocalEngine(ticker, 1_000).ports().counters();
  private final MessageRate rate = new MessageRate(counters, ticker, Ceilings.NONE);

  private static App app(String id, Map<Limit, Long> limits) {
    AppSettings settings = TestNode.settings(Limits.of(new LimitPlan("plan", limits), Map.of()));
    List<ApiKey> keys =
        List.of(new ApiKey(ONE, Secret.of("1"), "one"), new ApiKey(TWO, Secret.of("2"), "two"));
    return new App(new AppId(id), new TenantId(new UUID(0, 1)), settings, keys, List.of());
  }

  private int taken(App app, @Nullable KeyId key, int attempts) {
    int taken = 0;
    for (int i = 0; i < attempts; i++) {
      taken += rate.take(app, key, 1, 100) == null ? 1 : 0;
    }
    return taken;
  }

  @Test
  void whatAKeyIsRefusedDoesNotTakeFromItsApplication() {
    App app = app("1", Map.of(Limit.KEY_MESSAGES_PER_SECOND, 10L, Limit.MESSAGES_PER_SECOND, 15L));

    assertThat(taken(app, ONE, 1_000)).isEqualTo(10);
    assertThat(taken(app, TWO, 1_000)).isEqualTo(5);
    assertThat(requireNonNull(rate.take(app, ONE, 1, 1)).detail()).contains("to the key");
    ticker.advance(Duration.ofSeconds(1));
    // what it has, and what was at hand of the second before
    assertThat(taken(app, TWO, 1_000)).isBetween(10, 15);
  }

  @Test
  void bytesAreABudgetOfTheirOwn() {
    App app = app("1", Map.of(Limit.BYTES_PER_SECOND, 1_000L));

    assertThat(taken(app, null, 20)).isEqualTo(10);
    Problem problem = requireNonNull(rate.take(app, null, 1, 100));

    assertThat(problem.code()).isEqualTo(ErrorCode.BYTE_RATE);
    assertThat(problem.afterMillis()).isBetween(1L, 1_000L);
  }

  @Test
  void theApplicationsOfATeamShareWhatItHas() {
    Map<Limit, Long> limits = Map.of(Limit.TENANT_MESSAGES_PER_SECOND, 10L);

    assertThat(taken(app("1", limits), null, 6)).isEqualTo(6);
    assertThat(taken(app("2", limits), null, 100)).isEqualTo(4);
  }

  @Test
  void theOperatorsCeilingCountsWhateverAPlanSays() {
    MessageRate low = new MessageRate(counters, ticker, new Ceilings(5, 7));
    App one = app("1", Map.of(Limit.MESSAGES_PER_SECOND, 100L));
    App two = app("2", Map.of());
    int first = 0;
    int second = 0;
    for (int i = 0; i < 20; i++) {
      first += low.take(one, null, 1, 1) == null ? 1 : 0;
    }
    for (int i = 0; i < 20; i++) {
      second += low.take(two, null, 1, 1) == null ? 1 : 0;
    }

    assertThat(first).isEqualTo(5);
    assertThat(second).isEqualTo(2);
    assertThat(requireNonNull(low.gates(one, null)).policy()).isEqualTo("\"messages\";q=5;w=1");
  }

  @Test
  void headersSayAllThatAKeyPasses() {
    App app =
        app(
            "1",
            Map.of(
                Limit.MESSAGES_PER_SECOND, 20L,
                Limit.BYTES_PER_SECOND, 5_000L,
                Limit.KEY_MESSAGES_PER_SECOND, 10L));
    rate.take(app, ONE, 1, 100);

    Gates gates = requireNonNull(rate.gates(app, ONE));

    assertThat(gates.policy())
        .isEqualTo(
            "\"key-messages\";q=10;w=1, \"messages\";q=20;w=1,"
                + " \"bytes\";q=5000;qu=\"content-bytes\";w=1");
    assertThat(gates.state())
        .isEqualTo("\"key-messages\";r=9;t=1, \"messages\";r=19;t=1, \"bytes\";r=4900;t=1");
  }

  @Test
  void aChangeOfTheLimitsActsAtOnceAndOthersGoOn() {
    App before = app("1", Map.of(Limit.MESSAGES_PER_SECOND, 10L, Limit.BYTES_PER_SECOND, 1_000L));
    App after = app("1", Map.of(Limit.MESSAGES_PER_SECOND, 20L, Limit.BYTES_PER_SECOND, 1_000L));
    assertThat(taken(before, null, 8)).isEqualTo(8);

    // bytes for two more are left, whatever the number of messages is now
    assertThat(taken(after, null, 8)).isEqualTo(2);
  }

  @Test
  void rarerThingsAreCountedByApplication() {
    AppRate reads = AppRate.ofHistoryReads(counters, ticker);
    App app = app("1", Map.of(Limit.HISTORY_READS_PER_SECOND, 2L));

    assertThat(reads.take(app)).isNull();
    assertThat(reads.take(app)).isNull();
    assertThat(requireNonNull(reads.take(app)).code()).isEqualTo(ErrorCode.HISTORY_RATE);
    assertThat(reads.take(app("2", Map.of()))).isNull();
    ticker.advance(Duration.ofMillis(500));
    assertThat(reads.take(app)).isNull();
  }

  @Test
  void anAddressHasTenSecondsWorthAtOnceAndANetworkOfVersionSixIsOne() throws Exception {
    AddressRate addresses = new AddressRate(ticker, 2);

    assertThat(admitted(addresses, "192.0.2.1", 100)).isEqualTo(20);
    assertThat(admitted(addresses, "192.0.2.2", 1)).isEqualTo(1);
    assertThat(admitted(addresses, "2001:db8::1", 15)).isEqualTo(15);
    assertThat(admitted(addresses, "2001:db8::2", 100)).isEqualTo(5);
    Problem problem = requireNonNull(addresses.attempt(InetAddress.ofLiteral("192.0.2.1")));
    assertThat(problem.code()).isEqualTo(ErrorCode.ADDRESS_RATE);
    assertThat(problem.afterMillis()).isEqualTo(500);
    ticker.advance(Duration.ofMillis(500));
    assertThat(admitted(addresses, "192.0.2.1", 2)).isEqualTo(1);
    assertThat(addresses.attempt(null)).isNull();
  }

  private static int admitted(AddressRate addresses, String address, int attempts)
      throws UnknownHostException {
    InetAddress from = InetAddress.ofLiteral(address);
    int admitted = 0;
    for (int i = 0; i < attempts; i++) {
      admitted += addresses.attempt(from) == null ? 1 : 0;
    }
    return admitted;
  }
}
