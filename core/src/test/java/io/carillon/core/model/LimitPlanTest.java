package io.carillon.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.core.model.AppSettings.Limits;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LimitPlanTest {
  private static final LimitPlan FREE =
      new LimitPlan("free", Map.of(Limit.CONNECTIONS, 50L, Limit.MESSAGES_PER_SECOND, 10L));

  @Test
  void whatNobodySaysIsAsTheCatalogueHasIt() {
    for (Limit limit : Limit.values()) {
      assertThat(Limits.DEFAULT.of(limit)).as(limit.word()).isEqualTo(limit.usual());
      assertThat(limit.takes(limit.usual())).as(limit.word()).isTrue();
      assertThat(Limit.ofWord(limit.word())).isEqualTo(limit);
    }
  }

  @Test
  void aPlanSaysWhatAnApplicationHasAndTheMostThatItMaySet() {
    Limits limits = Limits.of(FREE, Map.of(Limit.CONNECTIONS, 60L, Limit.MESSAGES_PER_SECOND, 5L));

    assertThat(limits.connections()).isEqualTo(50);
    assertThat(limits.of(Limit.MESSAGES_PER_SECOND)).isEqualTo(5);
    assertThat(limits.messageBytes()).isEqualTo(10_240);
    assertThat(FREE.allows(Limit.CONNECTIONS, 50)).isTrue();
    assertThat(FREE.allows(Limit.CONNECTIONS, 51)).isFalse();
    assertThat(FREE.allows(Limit.MESSAGES_PER_SECOND, Limit.UNLIMITED)).isFalse();
    assertThat(FREE.allows(Limit.BYTES_PER_SECOND, Limit.UNLIMITED)).isTrue();
    assertThat(FREE.allows(Limit.MESSAGE_BYTES, 131_072)).isTrue();
    assertThat(FREE.allows(Limit.MESSAGE_BYTES, 131_073)).isFalse();
  }

  @Test
  void anotherPlanMakesOtherLimitsOfTheSameOwnValues() {
    Map<Limit, Long> own = Map.of(Limit.CONNECTIONS, 60L);

    assertThat(Limits.of(FREE, own)).isNotEqualTo(Limits.of(LimitPlan.DEFAULT, own));
    assertThat(Limits.of(LimitPlan.DEFAULT, own).connections()).isEqualTo(60);
  }

  @Test
  void noLimitIsMoreThanAnyLimit() {
    assertThat(Limit.lower(Limit.UNLIMITED, 7)).isEqualTo(7);
    assertThat(Limit.lower(7, Limit.UNLIMITED)).isEqualTo(7);
    assertThat(Limit.lower(Limit.UNLIMITED, Limit.UNLIMITED)).isEqualTo(Limit.UNLIMITED);
    assertThat(Limit.lower(7, 8)).isEqualTo(7);
  }

  @Test
  void whatALimitDoesNotTakeIsRefused() {
    assertThatThrownBy(() -> new LimitPlan("free", Map.of(Limit.CONNECTIONS, 0L)))
        .hasMessage("connections: 0 (expected: 1 to 1000000)");
    assertThatThrownBy(() -> new LimitPlan("-", Map.of())).hasMessageContaining("small letters");
  }
}
