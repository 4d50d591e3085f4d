package io.carillon.core.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.engine.Inquiries.RefusalFacts;
import io.carillon.core.model.AppId;
import org.junit.jupiter.api.Test;

final class RefusalLogTest {
  private static final AppId APP = new AppId("1");

  private final RefusalLog log = new RefusalLog();

  private static RefusalFacts refusal(int number) {
    return new RefusalFacts(number, "subscribe", 40_300, "room", "key", null, "no");
  }

  @Test
  void theNewestAreKeptAndComeFirst() {
    for (int i = 0; i < 1_000; i++) {
      log.add(APP, refusal(i));
    }

    assertThat(log.newest(APP, 2)).containsExactly(refusal(999), refusal(998));
    assertThat(log.newest(APP, 10_000)).hasSize(RefusalLog.REFUSALS_MAX);
    assertThat(log.newest(new AppId("2"), 10)).isEmpty();
  }

  @Test
  void applicationsAreForgottenRatherThanKeptForEver() {
    log.add(APP, refusal(1));
    for (int i = 2; i < 2_000; i++) {
      log.add(new AppId(String.valueOf(i)), refusal(i));
    }

    assertThat(log.newest(APP, 1)).isEmpty();
    assertThat(log.newest(new AppId("1999"), 1)).hasSize(1);
  }
}
