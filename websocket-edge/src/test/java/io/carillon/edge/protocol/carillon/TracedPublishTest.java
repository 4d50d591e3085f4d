package io.carillon.edge.protocol.carillon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.carillon.core.engine.Inquiries.Answer;
import io.carillon.core.engine.Inquiries.Question;
import io.carillon.core.engine.Inquiries.TracesOf;
import io.carillon.core.engine.TraceFacts;
import io.carillon.edge.fixture.EdgeServer;
import io.carillon.edge.fixture.TestSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client that asks what becomes of its message. */
@Timeout(60)
class TracedPublishTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  @DisplayName("clause 5.5: a message is traced when it says so, and looks like any other")
  void aTraceIsAskedForInTheItem() throws Exception {
    try (EdgeServer server = new EdgeServer(Map.of());
        TestSocket socket = new TestSocket(server.socketUri("/v1/realtime"), "carillon.v1")) {
      String token =
          server.token("anna", Duration.ofHours(1), Map.of("*", "subscribe publish history"));
      socket.send("{\"t\":\"hello\",\"i\":1,\"token\":\"" + token + "\"}");
      socket.send("{\"t\":\"sub\",\"i\":2,\"ch\":\"news\"}");
      socket.send(
          "{\"t\":\"pub\",\"i\":3,\"ch\":\"news\",\"m\":["
              + "{\"n\":\"a\",\"d\":1,\"id\":\"m1\",\"trace\":true},"
              + "{\"n\":\"b\",\"d\":2,\"id\":\"m2\",\"trace\":false}]}");

      JsonNode answered = next(socket, "ok");

      assertThat(answered.get("r")).hasSize(2);
      assertThat(tracesOf(server)).extracting(facts -> facts.of().id()).containsExactly("m1");
      socket.send(
          "{\"t\":\"pub\",\"i\":4,\"ch\":\"news\",\"m\":[{\"n\":\"a\",\"trace\":\"yes\"}]}");
      assertThat(next(socket, "err").get("msg").asText()).contains("m[0].trace: wrong type");
    }
  }

  private static JsonNode next(TestSocket socket, String type) throws Exception {
    JsonNode frame = JSON.readTree(socket.next());
    while (!frame.get("t").asText().equals(type)) {
      if (frame.get("t").asText().equals("msg")) {
        assertThat(frame.at("/m/0").has("trace")).isFalse();
      }
      frame = JSON.readTree(socket.next());
    }
    return frame;
  }

  private static List<TraceFacts> tracesOf(EdgeServer server) {
    Question question = new Question.ListTraces(EdgeServer.APP, TracesOf.ANY, 10);
    Answer answer =
        server
            .node()
            .ports()
            .inquiries()
            .ask(question, Duration.ofSeconds(5))
            .toCompletableFuture()
            .join()
            .answers()
            .getFirst();
    return ((Answer.Traces) answer).traces();
  }
}
