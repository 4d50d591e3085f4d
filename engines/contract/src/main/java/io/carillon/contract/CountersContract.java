package io.carillon.contract;

import static io.carillon.contract.Cases.APP;
import static io.carillon.contract.Cases.OTHER_APP;
import static io.carillon.contract.Cases.answer;
import static io.carillon.contract.Cases.atOnce;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.engine.Counters;
import io.carillon.core.engine.Counters.Budget;
import io.carillon.core.engine.Counters.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What all shared budgets have to do. */
public abstract class CountersContract {
  /** So slow that what comes while a case runs is less than one. */
  private static final Budget SLOW = new Budget("messages", APP.value(), 1);

  private static final Budget BUDGET = new Budget("messages", APP.value(), 10_000);

  private EngineFixture fixture;
  private Counters counters;

  protected CountersContract() {}

  /** An empty engine. */
  protected abstract EngineFixture openEngine();

  @BeforeEach
  void open() {
    fixture = openEngine();
    counters = fixture.ports().counters();
  }

  @AfterEach
  void closeEngine() {
    fixture.close();
  }

  @Test
  void aBudgetIsFullAtFirst() {
    assertThat(answer(counters.take(BUDGET, 4_000)).taken()).isEqualTo(4_000);
    assertThat(counters.nodes()).isEqualTo(1);
  }

  @Test
  void thereIsNoMoreThanTheBudget() {
    Part all = answer(counters.take(SLOW, 5));
    Part more = answer(counters.take(SLOW, 5));

    assertThat(all).isEqualTo(new Part(1, 0));
    assertThat(more).isEqualTo(new Part(0, 0));
  }

  @Test
  void itComesBackWithTimeAndIsNeverMoreThanFull() {
    answer(counters.take(BUDGET, 10_000));
    fixture.advance(Duration.ofMillis(500));
    long half = answer(counters.take(BUDGET, 10_000)).taken();
    fixture.advance(Duration.ofSeconds(5));
    Part full = answer(counters.take(BUDGET, 20_000));

    assertThat(half).isBetween(5_000L, 9_999L);
    assertThat(full.taken()).isEqualTo(10_000);
  }

  @Test
  void whatIsLeftIsTold() {
    assertThat(answer(counters.take(BUDGET, 1_000)).left()).isBetween(9_000L, 10_000L);
  }

  @Test
  void applicationsHaveBudgetsOfTheirOwn() {
    answer(counters.take(SLOW, 1));

    assertThat(answer(counters.take(new Budget("messages", OTHER_APP.value(), 1), 1)).taken())
        .isEqualTo(1);
    assertThat(answer(counters.take(SLOW, 1)).taken()).isZero();
  }

  @Test
  void manyAtOnceGetNoMoreThanOneWould() {
    Budget budget = new Budget("messages", APP.value(), 50);
    List<Callable<Long>> crowd = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      crowd.add(
          () -> {
            long got = 0;
            for (int i = 0; i < 10; i++) {
              got += answer(counters.take(budget, 10)).taken();
            }
            return got;
          });
    }
    long began = System.nanoTime();

    long taken = atOnce(crowd).stream().mapToLong(Long::longValue).sum();

    // a whole second more for clocks that are not one
    long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds() + 2;
    assertThat(taken).isBetween(50L, 50 * (1 + seconds));
  }
}
