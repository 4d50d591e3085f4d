package io.carillon.core.limit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.engine.Counters;
import io.carillon.core.engine.local.LocalEngine;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.limit.MessageRate.Ceilings;
import io.carillon.core.model.App;
import io.carillon.core.model.AppId;
import io.carillon.core.model.AppSettings;
import io.carillon.core.testing.FakeTicker;
import io.carillon.core.testing.TestNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class MessageRateTest {
  private static final App APP = TestNode.app(new AppId("1"), AppSettings.DEFAULT);
  private static final App OTHER = TestNode.app(new AppId("2"), AppSettings.DEFAULT);

  private final FakeTicker ticker = new FakeTicker();
  private final Counters local = new LocalEngine(ticker, 1_000).ports().counters();

  @Test
  void aNodeAloneHoldsTheLimitExactly() {
    MessageRate rate = new MessageRate(local, ticker, new Ceilings(100, 0));

    assertThat(taken(rate, 150)).isEqualTo(100);
    ticker.advance(Duration.ofMillis(500));
    assertThat(taken(rate, 150)).isEqualTo(50);
    ticker.advance(Duration.ofHours(1));
    assertThat(taken(rate, 200)).isEqualTo(100);
  }

  @Test
  void overALongTimeTheLimitHolds() {
    MessageRate rate = new MessageRate(local, ticker, new Ceilings(100, 0));
    int taken = 0;
    for (int i = 0; i < 10_000; i++) {
      taken += taken(rate, 1);
      ticker.advance(Duration.ofMillis(1));
    }

    assertThat(taken).isBetween(1_050, 1_100);
  }

  @Test
  void aRefusalSaysWhenToTryAgain() {
    MessageRate rate = new MessageRate(local, ticker, new Ceilings(2, 0));
    taken(rate, 2);

    Problem problem = requireNonNull(rate.take(APP, null, 1, 1));

    assertThat(problem.code()).isEqualTo(ErrorCode.MESSAGE_RATE);
    assertThat(problem.afterMillis()).isBetween(1L, 500L);
    ticker.advance(Duration.ofMillis(problem.afterMillis()));
    assertThat(rate.take(APP, null, 1, 1)).isNull();
  }

  @Test
  void aBatchIsTakenWholeAndTheNextOnesWaitForIt() {
    MessageRate rate = new MessageRate(local, ticker, new Ceilings(100, 0));

    assertThat(rate.take(APP, null, 1_000, 1)).isNull();
    assertThat(requireNonNull(rate.take(APP, null, 1, 1)).afterMillis()).isBetween(8_900L, 9_100L);
    ticker.advance(Duration.ofSeconds(8));
    assertThat(rate.take(APP, null, 1, 1)).isNotNull();
    int refused = 0;
    while (rate.take(APP, null, 1, 1) != null) {
      ticker.advance(Duration.ofMillis(100));
      assertThat(++refused).isLessThan(100);
    }
  }

  @Test
  void applicationsDoNotTouchEachOther() {
    MessageRate rate = new MessageRate(local, ticker, new Ceilings(10, 0));
    taken(rate, 20);

    assertThat(rate.take(OTHER, null, 1, 1)).isNull();
    assertThat(left(rate, APP)).isZero();
    assertThat(left(rate, OTHER)).isEqualTo(9);
  }

  @Test
  void withoutALimitNothingIsCounted() {
    MessageRate rate = new MessageRate(local, ticker, new Ceilings(0, 0));

    assertThat(taken(rate, 10_000)).isEqualTo(10_000);
    assertThat(rate.gates(APP, null)).isNull();
  }

  @Test
  void untilTheSharedBudgetAnswersAShareIsSpentOnCreditAndPaidBack() {
    Late shared = new Late(4);
    MessageRate rate = new MessageRate(shared, ticker, new Ceilings(100, 0));

    assertThat(taken(rate, 60)).isEqualTo(25);
    assertThat(shared.asked).hasSize(1);
    shared.answer(new Counters.Part(11, 0));

    assertThat(taken(rate, 60)).isZero();
    assertThat(shared.asked).hasSize(1);
    shared.answer(new Counters.Part(24, 0));
    assertThat(taken(rate, 60)).isEqualTo(10);
  }

  @Test
  void aBudgetThatWasFoundEmptyIsNotAskedAgainAtOnce() {
    Late shared = new Late(1);
    MessageRate rate = new MessageRate(shared, ticker, new Ceilings(100, 0));
    taken(rate, 1);
    shared.answer(new Counters.Part(0, 0));

    assertThat(taken(rate, 50)).isZero();
    assertThat(shared.asked).isEmpty();
    ticker.advance(Duration.ofMillis(100));
    taken(rate, 50);
    assertThat(shared.asked).hasSize(1);
  }

  @Test
  void withoutTheSharedBudgetAnEqualShareCounts() {
    Late shared = new Late(4);
    MessageRate rate = new MessageRate(shared, ticker, new Ceilings(100, 0));
    taken(rate, 1);
    shared.fail();

    assertThat(taken(rate, 100)).isEqualTo(25);
    ticker.advance(Duration.ofMillis(400));
    assertThat(taken(rate, 100)).isEqualTo(10);
    assertThat(shared.asked).isEmpty();
    ticker.advance(Duration.ofMillis(600));
    assertThat(taken(rate, 100)).isEqualTo(15);
    assertThat(shared.asked).hasSize(1);
    shared.answer(new Counters.Part(50, 50));
    assertThat(taken(rate, 30)).isEqualTo(30);
  }

  @Test
  void aBudgetThatDoesNotAnswerCountsAsGone() {
    Late shared = new Late(2);
    MessageRate rate = new MessageRate(shared, ticker, new Ceilings(100, 0));

    assertThat(taken(rate, 100)).isEqualTo(50);
    ticker.advance(Duration.ofMillis(501));
    assertThat(taken(rate, 100)).isEqualTo(50);
  }

  private static @Nullable Long left(MessageRate rate, App app) {
    return requireNonNull(rate.gates(app, null)).left("messages");
  }

  private static int taken(MessageRate rate, int attempts) {
    int taken = 0;
    for (int i = 0; i < attempts; i++) {
      taken += rate.take(APP, null, 1, 1) == null ? 1 : 0;
    }
    return taken;
  }

  /** Answers when the test says so. */
  private static final class Late implements Counters {
    private final List<CompletableFuture<Part>> asked = new ArrayList<>();
    private final int nodes;

    Late(int nodes) {
      this.nodes = nodes;
    }

    @Override
    public CompletionStage<Part> take(Budget budget, long most) {
      CompletableFuture<Part> answer = new CompletableFuture<>();
      asked.add(answer);
      return answer;
    }

    @Override
    public int nodes() {
      return nodes;
    }

    void answer(Part part) {
      asked.removeFirst().complete(part);
    }

    void fail() {
      asked.removeFirst().completeExceptionally(new IllegalStateException("gone"));
    }
  }
}
