package io.carillon.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.acceptance.harness.Carillon;
import io.carillon.acceptance.harness.ConsoleUser;
import io.carillon.acceptance.harness.Deadline;
import io.carillon.acceptance.harness.NativeSocket;
import io.carillon.acceptance.harness.TestApp;
import io.carillon.acceptance.harness.TwoNodes;
import io.carillon.acceptance.harness.WithCarillon;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A message's trace is of all nodes, whichever of them is asked. */
@WithCarillon
class TraceTest {
  private static final String SUBSCRIBE = "{\"t\":\"sub\",\"i\":2,\"ch\":\"news\"}";

  @Test
  void aTraceShowsBothNodesTheirSocketsAndWhoWasLeftOut(Carillon carillon) {
    try (TwoNodes nodes = new TwoNodes(carillon);
        ConsoleUser user = new ConsoleUser(nodes.server(0), "owner@trace.example")) {
      String id = user.ofTenant("POST", "/apps", "{\"name\":\"Chat\"}").get("id").asText();
      JsonNode key = user.ofTenant("POST", "/apps/" + id + "/keys", "{\"label\":\"one\"}");
      String secret = key.get("secret").asText();
      TestApp one = new TestApp(nodes.server(0).url(), id, key.at("/key/id").asText(), secret);
      TestApp two = new TestApp(nodes.server(1).url(), id, one.key(), secret);
      for (TestApp app : List.of(one, two)) {
        Deadline.await("the key", () -> app.rest().get("/channels").status() == 200);
      }
      String traces = "/apps/" + id + "/traces";
      try (NativeSocket here = new NativeSocket(one.server(), one.key());
          NativeSocket there = new NativeSocket(two.server(), one.key())) {
        here.send(SUBSCRIBE);
        here.await("subbed");
        there.send(SUBSCRIBE);
        there.await("subbed");
        String excluded = two.subscriber("news").socketId();

        one.rest()
            .request("POST", "/events")
            .header("Carillon-Trace", "1")
            .body(
                "{\"name\":\"greeting\",\"channel\":\"news\",\"data\":\"hello\",\"socket_id\":\""
                    + excluded
                    + "\"}")
            .send();
        here.await("msg");
        there.await("msg");
        one.rest().publish("news", "untraced", "hello");
        there.await("msg");
      }

      Deadline.await("both nodes", () -> nodesOf(user, traces).size() == 2);
      JsonNode found = user.ofTenant("GET", traces, "");
      assertThat(found.get("nodes").asInt()).isEqualTo(2);
      assertThat(found.has("unanswered")).isFalse();
      assertThat(found.get("traces")).hasSize(1);
      JsonNode trace = found.at("/traces/0");
      assertThat(trace.get("channel").asText()).isEqualTo("news");
      assertThat(trace.get("offset").asLong()).isEqualTo(1);
      assertThat(trace.at("/accepted/key").asText()).isEqualTo(one.key());
      List<JsonNode> reached = nodesOf(user, traces);
      assertThat(reached).extracting(node -> node.get("node").asText()).doesNotHaveDuplicates();
      assertThat(sum(reached, "written")).isEqualTo(2);
      assertThat(sum(reached, "leftOut")).isEqualTo(1);
      assertThat(reached)
          .extracting(node -> node.get("node").asText())
          .contains(trace.at("/accepted/node").asText());
      String position = trace.get("epoch").asText() + ":" + trace.get("offset").asText();
      assertThat(
              user.ofTenant("GET", traces + "?channel=news&position=" + position, "").get("traces"))
          .hasSize(1);
      assertThat(user.ofTenant("GET", traces + "?channel=sports", "").get("traces")).isEmpty();
      two.close();
    }
  }

  private static List<JsonNode> nodesOf(ConsoleUser user, String traces) {
    List<JsonNode> all = new ArrayList<>();
    user.ofTenant("GET", traces, "").at("/traces/0/nodes").forEach(all::add);
    return all;
  }

  private static int sum(List<JsonNode> nodes, String fate) {
    return nodes.stream().mapToInt(node -> node.at("/sockets/" + fate).asInt()).sum();
  }
}
