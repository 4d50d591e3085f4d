package io.carillon.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.model.App;
import io.carillon.core.model.ChannelPattern;
import io.carillon.core.model.ChannelRule;
import io.carillon.core.model.ChannelRule.Admission;
import io.carillon.core.model.ChannelRule.Content;
import io.carillon.core.model.Standing;
import io.carillon.core.testing.TestClient;
import io.carillon.core.testing.TestNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What a channel's rule says of who may do what holds for connections, at once when it changes
 * (clause 4.6).
 */
final class SessionRulesTest {
  private final TestNode node = new TestNode();
  private final SessionLane lane = node.lane();

  private void rule(String pattern, Admission admission) {
    App app = TestNode.app(TestNode.APP);
    ChannelRule rule =
        new ChannelRule(
            new ChannelPattern(pattern), null, null, null, null, admission, Content.ANY);
    node.directory.put(new App(app.id(), app.tenant(), app.settings(), app.keys(), List.of(rule)));
  }

  @Test
  void aRuleThatAsksForATokenRefusesWhoHasNone() {
    rule("news", new Admission(null, Standing.TOKENS, null));

    List<String> told = node.connect(lane).subscribe("news").subscribe("other").told();

    assertThat(told).hasSize(2);
    assertThat(told.getFirst()).contains("news").contains("RULE_DENIED");
    assertThat(node.subscriptions("other")).isEqualTo(1);
  }

  @Test
  void nobodyIsPresentWhereTheRuleForbidsIt() {
    rule("presence-*", new Admission(null, null, Standing.SERVER));

    List<String> told = node.connect(lane).enter("presence-a", "anna").told();

    assertThat(told.getFirst()).contains("RULE_DENIED");
    assertThat(node.present("presence-a")).isEmpty();
  }

  @Test
  void aChangeEndsTheSubscriptionsThatItForbidsAndNoOthers() {
    TestClient client = node.connect(lane).subscribe("news").subscribe("other");
    client.told();

    rule("news", new Admission(null, Standing.SERVER, null));

    assertThat(client.told()).hasSize(1).first().asString().contains("news");
    assertThat(node.subscriptions("news")).isZero();
    assertThat(node.subscriptions("other")).isEqualTo(1);
    assertThat(client.closedBy()).isNull();
  }

  @Test
  void aClientEventIsRefusedWhereOnlyTheServerPublishes() {
    rule("private-*", new Admission(Standing.SERVER, null, null));
    TestClient client = node.connect(lane).subscribe("private-a");
    client.told();

    assertThat(client.send("private-a", "x").told()).first().asString().contains("RULE_DENIED");
  }
}
