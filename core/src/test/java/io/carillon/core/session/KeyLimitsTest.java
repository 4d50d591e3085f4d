package io.carillon.core.session;

import static io.carillon.core.model.Operation.PRESENCE;
import static io.carillon.core.model.Operation.PUBLISH;
import static io.carillon.core.model.Operation.SUBSCRIBE;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.model.ApiKey;
import io.carillon.core.model.App;
import io.carillon.core.model.Capabilities;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.ChannelPattern;
import io.carillon.core.model.KeyId;
import io.carillon.core.model.Operation;
import io.carillon.core.model.Secret;
import io.carillon.core.testing.TestClient;
import io.carillon.core.testing.TestNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a key is limited to holds for connections, at once when it changes (clause 2.9). */
final class KeyLimitsTest {
  private static final KeyId SECOND = new KeyId("second");

  private final TestNode node = new TestNode();
  private final SessionLane lane = node.lane();

  private void limits(@Nullable Capabilities first, @Nullable Capabilities second) {
    App app = TestNode.app(TestNode.APP);
    ApiKey key = app.keys().getFirst();
    List<ApiKey> keys =
        List.of(
            new ApiKey(key.id(), key.secret(), key.label(), first),
            new ApiKey(SECOND, Secret.of("another"), "second", second));
    node.directory.put(new App(app.id(), app.tenant(), app.settings(), keys, app.rules()));
  }

  private static Capabilities only(String pattern, Operation... operations) {
    return Capabilities.of(Map.of(new ChannelPattern(pattern), Set.of(operations)));
  }

  @Test
  void openChannelsAreForTheKeyOfTheConnection() {
    limits(only("news", SUBSCRIBE), null);

    List<String> told = node.connect(lane).subscribe("news").subscribe("other").told();

    assertThat(told.toString()).contains("CAPABILITY_DENIED").contains("other");
    assertThat(node.subscriptions("news")).isEqualTo(1);
    assertThat(node.subscriptions("other")).isZero();
  }

  @Test
  void aSignatureIsWorthWhatItsKeyIs() {
    limits(null, only("private-news", SUBSCRIBE));
    Grant bySecond = new Grant.Signed(null, SECOND);

    TestClient client = node.connect(lane);
    client.subscribe("private-news", bySecond).subscribe("private-a", bySecond);

    assertThat(client.told().toString()).contains("CAPABILITY_DENIED");
    assertThat(node.subscriptions("private-news")).isEqualTo(1);
    assertThat(node.subscriptions("private-a")).isZero();
    client.subscribe("private-a", new Grant.Signed(null));
    client.told();
    assertThat(node.subscriptions("private-a")).isEqualTo(1);
  }

  @Test
  void nobodyIsPresentByAKeyThatIsNotForThat() {
    limits(only("presence-a", SUBSCRIBE), null);
    assertThat(node.connect(lane).enter("presence-a", "anna").told().toString())
        .contains("CAPABILITY_DENIED");

    limits(only("presence-a", SUBSCRIBE, PRESENCE), null);
    node.connect(lane).enter("presence-a", "anna").told();
    assertThat(node.present("presence-a")).containsExactly("anna");
  }

  @Test
  void clientEventsArePublishedByTheKeyOfTheSubscription() {
    limits(only("private-*", SUBSCRIBE), null);
    TestClient client = node.connect(lane).subscribe("private-a");
    client.subscribe("private-b", new Grant.Signed(null, SECOND));
    client.told();

    assertThat(client.send("private-a", "x").told().toString()).contains("CAPABILITY_DENIED");
    assertThat(client.send("private-b", "x").told().toString()).doesNotContain("DENIED");
  }

  @Test
  void aTokenAllowsNoMoreThanItsKeyOnLiveConnectionsToo() {
    TestClient client = node.connect(lane, "anna", Set.of(SUBSCRIBE, PUBLISH));
    client.subscribe("news").subscribe("other");
    client.told();

    limits(only("news", SUBSCRIBE), null);

    assertThat(client.told()).hasSize(1).first().asString().contains("other");
    assertThat(client.session().refusal(PUBLISH, ChannelName.of("news"))).isNotNull();
    assertThat(client.session().refusal(SUBSCRIBE, ChannelName.of("news"))).isNull();
    assertThat(client.closedBy()).isNull();

    limits(null, null);
    node.run();
    assertThat(client.session().refusal(PUBLISH, ChannelName.of("news"))).isNull();
  }
}
