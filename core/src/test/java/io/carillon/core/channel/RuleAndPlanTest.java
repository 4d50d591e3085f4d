package io.carillon.core.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.model.App;
import io.carillon.core.model.AppSettings.Limits;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.ChannelPattern;
import io.carillon.core.model.ChannelRule;
import io.carillon.core.model.Limit;
import io.carillon.core.model.LimitPlan;
import io.carillon.core.testing.TestNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A rule says more than its application, but not more than the plan. */
final class RuleAndPlanTest {
  private static int messageBytes(LimitPlan plan) {
    ChannelRule rule =
        new ChannelRule(
            new ChannelPattern("large-*"),
            50_000,
            null,
            null,
            null,
            ChannelRule.Admission.OPEN,
            ChannelRule.Content.ANY);
    App app = TestNode.app(TestNode.APP, TestNode.settings(Limits.of(plan, Map.of())));
    App ruled = new App(app.id(), app.tenant(), app.settings(), app.keys(), List.of(rule));
    return ChannelPolicy.of(ruled, ChannelName.of("large-1")).messageBytesMax();
  }

  @Test
  void aPlanThatNamesTheSizeBoundsARule() {
    assertThat(messageBytes(LimitPlan.DEFAULT)).isEqualTo(50_000);
    assertThat(messageBytes(new LimitPlan("p", Map.of(Limit.MESSAGE_BYTES, 20_000L))))
        .isEqualTo(20_000);
  }
}
