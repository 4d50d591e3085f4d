package io.carillon.core.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.auth.TokenVerdict.Refused;
import io.carillon.core.auth.TokenVerdict.Valid;
import io.carillon.core.engine.ControlBus.Order.RevokeTokens;
import io.carillon.core.engine.ControlBus.Order.RevokeTokens.By;
import io.carillon.core.engine.Revocation;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.AppId;
import io.carillon.core.model.Capabilities;
import io.carillon.core.model.KeyId;
import io.carillon.core.testing.FakeTicker;
import io.carillon.core.testing.TestNode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class RevocationsTest {
  private static final AppId APP = new AppId("1");
  private static final AppId OTHER_APP = new AppId("2");

  private final FakeTicker ticker = new FakeTicker();
  private final Revocations revocations = new Revocations(ticker);
  private final long now = ticker.epochMillis() / 1_000;

  private ClientToken token(@Nullable String id, @Nullable String client, long age) {
    long issued = ticker.epochMillis() / 1_000 - age;
    return new ClientToken(
        id, client, Capabilities.NONE, issued, issued + 3_600, new KeyId("key-1"));
  }

  @Test
  void aTokenIsRevokedByItsIdWhateverItsTime() {
    revocations.add(new RevokeTokens(APP, By.TOKEN, "t1", 0));

    assertThat(revocations.isRevoked(APP, token("t1", "anna", 10))).isTrue();
    assertThat(revocations.isRevoked(APP, token("t1", "anna", -20))).isTrue();
    assertThat(revocations.isRevoked(APP, token("t2", "anna", 10))).isFalse();
    assertThat(revocations.isRevoked(APP, token(null, "t1", 10))).isFalse();
    assertThat(revocations.isRevoked(OTHER_APP, token("t1", "anna", 10))).isFalse();
  }

  @Test
  void aClientsOlderTokensAreRevoked() {
    revocations.add(new RevokeTokens(APP, By.CLIENT, "anna", now - 5));

    assertThat(revocations.isRevoked(APP, token("t1", "anna", 6))).isTrue();
    assertThat(revocations.isRevoked(APP, token("t2", "anna", 5))).isFalse();
    assertThat(revocations.isRevoked(APP, token("t3", "otto", 6))).isFalse();
    assertThat(revocations.isRevoked(APP, token("anna", null, 6))).isFalse();
    assertThat(revocations.isRevoked(OTHER_APP, token("t1", "anna", 6))).isFalse();
  }

  @Test
  void aKeysOlderTokensAreRevoked() {
    revocations.add(new RevokeTokens(APP, By.KEY, "key-1", now));

    assertThat(revocations.isRevoked(APP, token(null, null, 1))).isTrue();
    assertThat(revocations.isRevoked(APP, token(null, null, 0))).isFalse();
  }

  @Test
  void anEarlierTimeTakesNothingBack() {
    revocations.add(new RevokeTokens(APP, By.CLIENT, "anna", now));
    revocations.add(new RevokeTokens(APP, By.CLIENT, "anna", now - 100));

    assertThat(revocations.isRevoked(APP, token(null, "anna", 1))).isTrue();
  }

  @Test
  void nobodyIsLockedOutForTheFuture() {
    revocations.add(new RevokeTokens(APP, By.CLIENT, "anna", Long.MAX_VALUE));

    assertThat(revocations.isRevoked(APP, token(null, "anna", 0))).isTrue();
    ticker.advance(ClientToken.CLOCK_SKEW);
    assertThat(revocations.isRevoked(APP, token(null, "anna", 0))).isFalse();
  }

  @Test
  void anEntryLastsAsLongAsATokenItFitsAndThenGoes() {
    revocations.add(new RevokeTokens(APP, By.TOKEN, "t1", now));
    ClientToken longest = token("t1", null, -30);

    ticker.advance(
        ClientToken.MAX_LIFE.plus(ClientToken.CLOCK_SKEW.multipliedBy(2)).minusMillis(1));
    revocations.add(new RevokeTokens(OTHER_APP, By.TOKEN, "t2", now));
    assertThat(revocations.isRevoked(APP, longest)).isTrue();

    ticker.advance(Duration.ofMinutes(11));
    revocations.add(new RevokeTokens(OTHER_APP, By.TOKEN, "t3", now));
    assertThat(revocations.isRevoked(APP, longest)).isFalse();
    assertThat(revocations.size(APP)).isZero();
    assertThat(revocations.size(OTHER_APP)).isEqualTo(2);
  }

  @Test
  void tooManyEntriesBecomeOneForAllOfTheApplicationsTokens() {
    ClientToken first = token("t0", "otto", 0);
    ClientToken innocent = token("x", "anna", -30);
    for (int i = 0; i < Revocations.MAX_PER_APP; i++) {
      revocations.add(new RevokeTokens(APP, By.TOKEN, "t" + i, now));
    }
    assertThat(revocations.isRevoked(APP, innocent)).isFalse();

    revocations.add(new RevokeTokens(APP, By.TOKEN, "last", now));

    assertThat(revocations.size(APP)).isEqualTo(1);
    assertThat(revocations.isRevoked(APP, first)).isTrue();
    assertThat(revocations.isRevoked(APP, token("last", "otto", 0))).isTrue();
    assertThat(revocations.isRevoked(APP, innocent)).isTrue();
    assertThat(revocations.isRevoked(OTHER_APP, innocent)).isFalse();
    ticker.advance(Duration.ofSeconds(31));
    assertThat(revocations.isRevoked(APP, token("y", "anna", 0))).isFalse();
  }

  @Test
  void whatIsToldLaterCountsAsOfItsOwnTime() {
    long anHourAgo = ticker.epochMillis() - 3_600_000;
    RevokeTokens all = new RevokeTokens(APP, By.CLIENT, "anna", Long.MAX_VALUE);
    revocations.add(new Revocation(all, anHourAgo));

    assertThat(revocations.isRevoked(APP, token(null, "anna", 3_600))).isTrue();
    assertThat(revocations.isRevoked(APP, token(null, "anna", 3_500))).isFalse();

    long tooOld = ticker.epochMillis() - Revocations.KEPT.toMillis();
    revocations.add(new Revocation(new RevokeTokens(APP, By.TOKEN, "t1", 0), tooOld));
    assertThat(revocations.size(APP)).isEqualTo(1);
  }

  @Test
  void aGuardedReaderRefusesRevokedTokens() {
    Valid valid = new Valid(TestNode.app(APP), token("t1", "anna", 1));
    TokenReader guarded = revocations.guard(text -> valid);
    assertThat(guarded.read("any")).isSameAs(valid);

    revocations.add(new RevokeTokens(APP, By.CLIENT, "anna", now));

    assertThat(guarded.read("any"))
        .isEqualTo(new Refused(Problem.of(ErrorCode.TOKEN_REVOKED), valid.token().key()));
  }

  @Test
  void everyNodeHearsOfARevocation() {
    TestNode node = new TestNode();
    ClientToken token = token("t1", "anna", 1);

    node.node.ports().control().broadcast(new RevokeTokens(TestNode.APP, By.TOKEN, "t1", 0));

    assertThat(node.node.revocations().isRevoked(TestNode.APP, token)).isTrue();
    assertThat(node.node.revocations().isRevoked(TestNode.OTHER_APP, token)).isFalse();
  }
}
