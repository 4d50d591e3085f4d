package io.carillon.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.model.AppSettings;
import io.carillon.core.model.AppSettings.Features;
import io.carillon.core.model.AppSettings.Limits;
import io.carillon.core.testing.TestClient;
import io.carillon.core.testing.TestNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SubscriptionCountsTest {
  private final TestNode node = new TestNode();
  private final SessionLane lane = node.lane();

  @BeforeEach
  void switchOn() {
    node.directory.put(
        TestNode.app(
            TestNode.APP, new AppSettings(true, new Features(true, true, false), Limits.DEFAULT)));
  }

  @Test
  void everyChangeIsToldUpToAHundred() {
    TestClient first = node.connect(lane).subscribe("room");
    assertThat(first.told()).containsExactly("subscribed room at 0", "room #1");
    TestClient second = node.connect(lane).subscribe("room");
    assertThat(first.told()).containsExactly("room #2");
    second.drop();
    assertThat(first.told()).containsExactly("room #1");
  }

  @Test
  void beyondAHundredTheNewestNumberIsToldEveryFiveSeconds() {
    List<TestClient> crowd = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      crowd.add(node.connect(lane).subscribe("room"));
    }
    TestClient first = crowd.getFirst();
    assertThat(first.told()).last().isEqualTo("room #100");

    for (int i = 0; i < 20; i++) {
      crowd.add(node.connect(lane).subscribe("room"));
    }
    assertThat(first.told()).isEmpty();
    node.advance(Duration.ofSeconds(5));
    assertThat(first.told()).containsExactly("room #120");
    node.advance(Duration.ofSeconds(5));
    assertThat(first.told()).isEmpty();

    for (int i = 0; i < 21; i++) {
      crowd.removeLast().drop();
    }
    assertThat(first.told()).last().isEqualTo("room #99");
    node.advance(Duration.ofSeconds(5));
    assertThat(first.told()).isEmpty();
  }

  @Test
  void presenceAndUsersChannelsAreNotCounted() {
    TestClient client = node.connect(lane).signIn("anna").subscribe("#server-to-user-anna");
    client.subscribe("presence-a");

    assertThat(client.told()).noneMatch(line -> line.contains(" #1"));
  }

  @Test
  void nothingIsToldWhereTheAppDoesNotWantIt() {
    node.directory.put(TestNode.app(TestNode.APP));

    assertThat(node.connect(lane).subscribe("room").told()).containsExactly("subscribed room at 0");
  }
}
