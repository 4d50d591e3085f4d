package io.carillon.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.carillon.acceptance.harness.Carillon;
import io.carillon.acceptance.harness.ConsoleUser;
import io.carillon.acceptance.harness.Deadline;
import io.carillon.acceptance.harness.Json;
import io.carillon.acceptance.harness.TestApp;
import io.carillon.acceptance.harness.TwoNodes;
import io.carillon.acceptance.harness.WithCarillon;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Comings and goings over two nodes of which one is killed. */
@WithCarillon
class TwoNodesWebhooksTest {
  /** A dead node is found after 8 seconds, and what it was about to tell is free after 30. */
  private static final Duration FOUND_WITHIN = Duration.ofSeconds(60);

  private final List<JsonNode> events = new CopyOnWriteArrayList<>();
  private final ExecutorService answering = Executors.newVirtualThreadPerTaskExecutor();
  private HttpServer receiver;

  @BeforeEach
  void receive() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    receiver.setExecutor(answering);
    receiver.createContext(
        "/",
        exchange -> {
          String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
          Json.parse(body).get("events").forEach(events::add);
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    receiver.start();
  }

  @AfterEach
  void stop() {
    receiver.stop(0);
    answering.close();
  }

  /** Each once by its id, as receivers take them: a node may die before it notes an answer. */
  private List<JsonNode> told() {
    Map<String, JsonNode> byId = new LinkedHashMap<>();
    events.stream()
        .filter(event -> event.get("channel").asText().startsWith("presence-"))
        .forEach(event -> byId.putIfAbsent(event.get("id").asText(), event));
    return List.copyOf(byId.values());
  }

  private static List<String> words(List<JsonNode> told) {
    return told.stream()
        .map(
            event ->
                event.get("type").asText()
                    + " "
                    + event.get("channel").asText()
                    + event.path("userId").asText())
        .toList();
  }

  @Test
  void eachComingAndGoingIsToldOnceAlsoOfAKilledNode(Carillon carillon) {
    Map<String, String> settings =
        Map.of(
            "CARILLON_WEBHOOKS_ALLOWED_NETWORKS", "127.0.0.0/8",
            "CARILLON_WEBHOOKS_HOLD_MILLIS", "1000");
    try (TwoNodes nodes = new TwoNodes(carillon, settings);
        ConsoleUser user = new ConsoleUser(nodes.server(1), "owner@webhooks.example")) {
      String app = user.ofTenant("POST", "/apps", "{\"name\":\"Chat\"}").get("id").asText();
      JsonNode key = user.ofTenant("POST", "/apps/" + app + "/keys", "{\"label\":\"one\"}");
      List<TestApp> clients = new ArrayList<>();
      for (int node = 0; node < 2; node++) {
        TestApp client =
            new TestApp(
                nodes.server(node).url(),
                app,
                key.at("/key/id").asText(),
                key.get("secret").asText());
        Deadline.await("key on node " + node, () -> client.rest().get("/channels").status() == 200);
        clients.add(client);
      }
      String hooks = "/apps/" + app + "/webhooks";
      String hook = made(user, hooks);
      untilFollowed(clients);

      clients.get(0).member("presence-both", "ann");
      clients.get(1).member("presence-both", "bob");
      clients.get(0).member("presence-left", "ann");
      Deadline.await("beginnings", () -> told().size() >= 5);
      nodes.server(0).kill();
      Deadline.await("ends", FOUND_WITHIN, () -> told().size() >= 8);
      clients.get(1).close();
      Deadline.await("the last ends", FOUND_WITHIN, () -> told().size() >= 10);

      assertThat(words(told()))
          .containsExactlyInAnyOrder(
              "channel_occupied presence-both",
              "member_added presence-bothann",
              "member_added presence-bothbob",
              "channel_occupied presence-left",
              "member_added presence-leftann",
              "member_removed presence-bothann",
              "member_removed presence-leftann",
              "channel_vacated presence-left",
              "member_removed presence-bothbob",
              "channel_vacated presence-both");
      JsonNode attempts = user.ofTenant("GET", hooks + "/" + hook + "/attempts?limit=200", "");
      attempts.get("attempts").forEach(it -> assertThat(it.get("status").asInt()).isEqualTo(204));
    }
  }

  private String made(ConsoleUser user, String hooks) {
    String wanted =
        Json.object(
            "url",
            "http://127.0.0.1:" + receiver.getAddress().getPort() + "/",
            "format",
            "carillon",
            "types",
            List.of("channel_occupied", "channel_vacated", "member_added", "member_removed"));
    return user.ofTenant("POST", hooks, wanted).at("/webhook/id").asText();
  }

  /** Until what happens on either node is told. */
  private void untilFollowed(List<TestApp> clients) {
    for (int node = 0; node < clients.size(); node++) {
      TestApp client = clients.get(node);
      String name = "probe-" + node + "-";
      List<String> probes = new ArrayList<>();
      Deadline.await(
          "events of node " + node,
          () -> {
            probes.add(name + probes.size());
            client.subscriber(probes.getLast());
            return words(events).stream().anyMatch(it -> it.startsWith("channel_occupied " + name));
          });
    }
  }
}
