package io.carillon.core.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.engine.Inquiries.RefusalFacts;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.metric.NodeCounters;
import io.carillon.core.model.AppId;
import io.carillon.core.model.KeyId;
import io.carillon.core.testing.FakeTicker;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RefusalLogTest {
  private static final AppId APP = new AppId("1");

  private final FakeTicker ticker = new FakeTicker();
  private final RefusalLog log = new RefusalLog(ticker, new NodeCounters());

  private static RefusalLog.Refusal refusal(int number) {
    Problem problem = Problem.of(ErrorCode.CHANNEL_DENIED, "room");
    return new RefusalLog.Refusal("subscribe", String.valueOf(number), problem);
  }

  private void add(AppId app, int number) {
    log.add(app, refusal(number), new RefusalLog.By(new KeyId("key"), null));
  }

  private List<String> newest(AppId app, int limit) {
    return log.newest(app, limit).stream().map(RefusalFacts::channel).toList();
  }

  @Test
  void theNewestAreKeptAndComeFirst() {
    for (int i = 0; i < 1_000; i++) {
      add(APP, i);
    }

    assertThat(newest(APP, 2)).containsExactly("999", "998");
    assertThat(log.newest(APP, 1))
        .containsExactly(
            new RefusalFacts(
                ticker.epochMillis(),
                "subscribe",
                ErrorCode.CHANNEL_DENIED.number(),
                "999",
                "key",
                null,
                refusal(999).problem().detail()));
    assertThat(log.newest(APP, 10_000)).hasSize(RefusalLog.REFUSALS_MAX);
    assertThat(log.newest(new AppId("2"), 10)).isEmpty();
  }

  @Test
  void longTextsAreCutAndWhatWasNobodysFaultIsLeftOut() {
    Problem problem = Problem.of(ErrorCode.CHANNEL_DENIED, "x".repeat(5_000));
    RefusalLog.By nobody = new RefusalLog.By(null, null);
    log.add(APP, new RefusalLog.Refusal("publish", "y".repeat(5_000), problem), nobody);
    Problem away = Problem.of(ErrorCode.UNAVAILABLE);
    log.add(APP, new RefusalLog.Refusal("publish", null, away), nobody);

    assertThat(log.newest(APP, 10)).hasSize(1);
    assertThat(log.newest(APP, 1).getFirst().reason()).hasSizeLessThan(500);
    assertThat(newest(APP, 1).getFirst()).hasSizeLessThan(500);
  }

  @Test
  void applicationsAreForgottenRatherThanKeptForEver() {
    add(APP, 1);
    for (int i = 2; i < 2_000; i++) {
      add(new AppId(String.valueOf(i)), i);
    }

    assertThat(log.newest(APP, 1)).isEmpty();
    assertThat(log.newest(new AppId("1999"), 1)).hasSize(1);
  }
}
