package io.carillon.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.acceptance.harness.Apps;
import io.carillon.acceptance.harness.Carillon;
import io.carillon.acceptance.harness.Deadline;
import io.carillon.acceptance.harness.NativeSocket;
import io.carillon.acceptance.harness.RawSocket;
import io.carillon.acceptance.harness.TestApp;
import io.carillon.acceptance.harness.TwoNodes;
import io.carillon.acceptance.harness.WithCarillon;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two servers on one Postgres and one Redis are one service. */
@WithCarillon
class TwoNodesTest {
  private static final int MESSAGES = 200;

  private TwoNodes nodes;
  private TestApp one;
  private TestApp two;

  @BeforeEach
  void startBoth(Carillon carillon, Apps apps) {
    nodes = new TwoNodes(carillon);
    List<TestApp> app = nodes.make(apps);
    one = app.get(0);
    two = app.get(1);
  }

  @AfterEach
  void stopBoth() {
    two.close();
    nodes.close();
  }

  @Test
  void whatIsPublishedOnOneIsHeardOnTheOther() {
    try (NativeSocket client = new NativeSocket(two.server(), one.key())) {
      client.send("{\"t\":\"sub\",\"i\":2,\"ch\":\"news\"}");
      client.await("subbed");
      RawSocket pusher = two.subscriber("news");

      one.rest().publish("news", "greeting", "hello");

      assertThat(pusher.await("greeting").text()).isEqualTo("hello");
      assertThat(client.await("msg").at("/m/0/d").asText()).isEqualTo("hello");
    }
  }

  @Test
  void aSubscriberThatComesBackToTheOtherNodeMissesNothing() {
    JsonNode subbed;
    try (NativeSocket client = new NativeSocket(one.server(), one.key())) {
      client.send("{\"t\":\"sub\",\"i\":2,\"ch\":\"stream\"}");
      subbed = client.await("subbed");
    }
    for (int i = 0; i < MESSAGES; i++) {
      (i % 2 == 0 ? one : two).rest().publish("stream", "n", String.valueOf(i));
    }

    List<String> heard = new ArrayList<>();
    try (NativeSocket client = new NativeSocket(two.server(), one.key())) {
      String since = "{\"e\":" + subbed.get("e") + ",\"o\":" + subbed.get("o") + "}";
      client.send("{\"t\":\"sub\",\"i\":2,\"ch\":\"stream\",\"since\":" + since + "}");
      assertThat(client.await("subbed").get("recovered").asBoolean()).isTrue();
      while (heard.size() < MESSAGES) {
        client.await("msg").get("m").forEach(item -> heard.add(item.get("d").asText()));
      }
    }

    assertThat(heard).isEqualTo(IntStream.range(0, MESSAGES).mapToObj(String::valueOf).toList());
  }

  @Test
  void presenceIsOfBothNodesAndADeadOneLeaves() {
    RawSocket anna = two.member("presence-room", "anna");
    one.member("presence-room", "bert");
    assertThat(anna.await("pusher_internal:member_added", "presence-room").toString())
        .contains("bert");
    Deadline.await(
        "count of both nodes",
        () ->
            two.rest()
                .get("/channels/presence-room", "info", "user_count")
                .body()
                .contains("\"user_count\":2"));

    nodes.server(0).kill();

    Deadline.await(
        "leave of the dead node's member",
        Duration.ofSeconds(20),
        () -> !anna.heard("pusher_internal:member_removed").isEmpty());
    assertThat(anna.heard("pusher_internal:member_removed").toString()).contains("bert");
    assertThat(two.rest().get("/channels/presence-room", "info", "user_count").body())
        .contains("\"user_count\":1");
  }

  @Test
  void withoutRedisAPublishIsRefusedSoonAndAllComesBackByItself() throws Exception {
    RawSocket subscriber = two.subscriber("news");
    nodes.redis().kill();

    long asked = System.nanoTime();
    assertThat(one.rest().publish("news", "lost", "x").status()).isEqualTo(503);
    assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(6));
    subscriber.assertAlive();

    nodes.redis().startAgain();
    Deadline.await(
        "publish after the restart", () -> one.rest().publish("news", "back", "x").status() == 200);
    subscriber.await("back");
  }
}
