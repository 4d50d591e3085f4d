package io.carillon.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.acceptance.harness.ConsoleUser;
import io.carillon.acceptance.harness.Deadline;
import io.carillon.acceptance.harness.HookReceiver;
import io.carillon.acceptance.harness.Installation;
import io.carillon.acceptance.harness.Json;
import io.carillon.acceptance.harness.TestApp;
import io.carillon.acceptance.harness.TwoNodes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each coming and going is told exactly once over two nodes that are killed. */
class TwoNodesWebhooksTest {
  private static final Map<String, String> SETTINGS =
      Map.of(
          "CARILLON_WEBHOOKS_ALLOWED_NETWORKS", "127.0.0.0/8",
          "CARILLON_WEBHOOKS_HOLD_MILLIS", "1000");

  /** A dead node is found after 8 seconds, what it was about to tell is free about then, too. */
  private static final Duration FOUND_WITHIN = Duration.ofSeconds(25);

  private final Installation installation = Installation.begin();
  private final HookReceiver receiver = new HookReceiver();
  private final TwoNodes nodes = new TwoNodes(installation, SETTINGS);
  private final ConsoleUser user = new ConsoleUser(nodes.server(1), "owner@webhooks.example");
  private final List<TestApp> clients = new ArrayList<>();
  private String app = "";
  private JsonNode key = Json.parse("{}");
  private String hook = "";

  @BeforeEach
  void make() {
    app = user.ofTenant("POST", "/apps", "{\"name\":\"Chat\"}").get("id").asText();
    key = user.ofTenant("POST", "/apps/" + app + "/keys", "{\"label\":\"one\"}");
    clients.add(clientsOf(0));
    clients.add(clientsOf(1));
    String wanted =
        Json.object(
            "url",
            receiver.url(),
            "format",
            "carillon",
            "types",
            List.of("channel_occupied", "channel_vacated", "member_added", "member_removed"));
    String id = user.ofTenant("POST", hooks(), wanted).at("/webhook/id").asText();
    hook = hooks() + "/" + id;
    untilFollowed(0);
    untilFollowed(1);
  }

  @AfterEach
  void end() {
    clients.forEach(TestApp::close);
    user.close();
    nodes.close();
    receiver.close();
    installation.close();
  }

  private String hooks() {
    return "/apps/" + app + "/webhooks";
  }

  private TestApp clientsOf(int node) {
    TestApp made =
        new TestApp(
            nodes.server(node).url(), app, key.at("/key/id").asText(), key.get("secret").asText());
    Deadline.await("key on node " + node, () -> made.rest().get("/channels").status() == 200);
    return made;
  }

  /** Until what happens on this node is told. */
  private void untilFollowed(int node) {
    String name = "probe-" + node + "-" + nodes.server(node).url().getPort() + "-";
    List<String> probes = new ArrayList<>();
    Deadline.await(
        "events of node " + node,
        () -> {
          probes.add(name + probes.size());
          clients.get(node).subscriber(probes.getLast());
          return receiver.all().stream()
              .anyMatch(it -> it.get("channel").asText().startsWith(name));
        });
  }

  private List<String> told() {
    return receiver.told(it -> it.get("channel").asText().startsWith("presence-")).stream()
        .map(
            event ->
                event.get("type").asText()
                    + " "
                    + event.get("channel").asText().substring("presence-".length())
                    + event.path("userId").asText(""))
        .toList();
  }

  private void untilTold(int count) {
    Deadline.await(count + " events, but " + told(), FOUND_WITHIN, () -> told().size() >= count);
  }

  /** Nothing waits for its turn, so nothing comes twice later. */
  private void untilNothingWaits() {
    Deadline.await(
        "end of what waits",
        FOUND_WITHIN,
        () -> user.ofTenant("GET", hooks(), "").at("/webhooks/0/waiting").asInt() == 0);
  }

  private void assertInSequence() {
    Map<String, List<Long>> sequences = new TreeMap<>();
    for (JsonNode event : receiver.told(it -> true)) {
      sequences
          .computeIfAbsent(event.get("channel").asText(), name -> new ArrayList<>())
          .add(event.get("sequence").asLong());
    }
    sequences.forEach(
        (channel, those) -> {
          for (int i = 0; i < those.size(); i++) {
            assertThat(those.get(i)).as(channel + " " + those).isEqualTo(i + 1);
          }
        });
  }

  @Test
  void eachComingAndGoingIsToldOnceAlsoOfAKilledNode() {
    clients.get(0).member("presence-both-", "ann");
    clients.get(1).member("presence-both-", "bob");
    clients.get(0).member("presence-left-", "ann");
    untilTold(5);

    nodes.server(0).kill();
    untilTold(8);
    clients.get(1).close();
    untilTold(10);
    untilNothingWaits();

    assertThat(told())
        .containsExactlyInAnyOrder(
            "channel_occupied both-",
            "member_added both-ann",
            "member_added both-bob",
            "channel_occupied left-",
            "member_added left-ann",
            "member_removed both-ann",
            "member_removed left-ann",
            "channel_vacated left-",
            "member_removed both-bob",
            "channel_vacated both-");
    assertInSequence();
    JsonNode attempts = user.ofTenant("GET", hook + "/attempts?limit=200", "");
    attempts
        .get("attempts")
        .forEach(it -> assertThat(it.path("status").asInt()).as(it.toString()).isEqualTo(204));
  }

  @Test
  void aNodeThatDiesWhileItCallsLeavesTheRestToTheOthersWhicheverItIs() {
    for (int node = 0; node < 2; node++) {
      String room = "presence-round" + node + "-";
      HookReceiver.Hold held = receiver.hold(it -> it.get("channel").asText().equals(room));
      clients.get(0).member(room, "ann");
      clients.get(1).member(room, "bob");
      Deadline.await("a call", held::hasCome);

      nodes.killAndReplace(node);
      held.end();
      user.moveTo(nodes.server(node));
      clients.set(node, clientsOf(node));
      untilTold(6 * node + 4);
      clients.get(1 - node).close();
      untilTold(6 * (node + 1));
      untilNothingWaits();

      String word = "round" + node + "-";
      assertThat(told().stream().filter(it -> it.contains(word)))
          .containsExactlyInAnyOrder(
              "channel_occupied " + word,
              "member_added " + word + "ann",
              "member_added " + word + "bob",
              "member_removed " + word + "ann",
              "member_removed " + word + "bob",
              "channel_vacated " + word);
      untilFollowed(node);
    }
    assertInSequence();
  }

  @Test
  void aRedisThatStartsAgainChangesNothing() throws Exception {
    clients.get(0).member("presence-stays-", "ann");
    clients.get(1).member("presence-stays-", "bob");
    untilTold(3);

    nodes.redis().kill();
    nodes.redis().startAgain();
    for (TestApp client : clients) {
      Deadline.await("Redis", () -> client.rest().publish("any", "x", "x").status() == 200);
    }
    clients.get(0).close();
    untilTold(4);
    clients.get(1).close();
    untilTold(6);
    untilNothingWaits();

    assertThat(told())
        .containsExactlyInAnyOrder(
            "channel_occupied stays-",
            "member_added stays-ann",
            "member_added stays-bob",
            "member_removed stays-ann",
            "member_removed stays-bob",
            "channel_vacated stays-");
    assertInSequence();
  }
}
