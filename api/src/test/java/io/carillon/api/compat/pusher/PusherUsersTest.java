package io.carillon.api.compat.pusher;

import static io.carillon.api.Backend.ACME;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.api.ApiServer;
import io.carillon.api.Backend;
import io.carillon.core.engine.ControlBus;
import io.carillon.core.engine.ControlBus.Order;
import io.carillon.core.engine.ControlBus.Order.TerminateUser;
import io.carillon.core.model.AppId;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PusherUsersTest {
  private final ApiServer server = new ApiServer();
  private final List<Order> orders = new CopyOnWriteArrayList<>();

  @BeforeEach
  void listen() {
    server.node.ports().control().listen(orders::add);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "", "[]", "anything"})
  void everyNodeIsToldWhateverTheBody(String body) {
    HttpResponse<String> response = server.post(ACME, "/users/42/terminate_connections", body);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("{}");
    assertThat(orders).containsExactly(new TerminateUser(new AppId("3"), "42"));
  }

  @ParameterizedTest
  @CsvSource({"a%20b, a b", "a+b, a+b", "%C3%A9, é", "a%40b.c, a@b.c", "a%2Fb, a/b"})
  void aUserIdMayHoldAnything(String coded, String userId) {
    String path = "/apps/3/users/" + coded + "/terminate_connections";
    String query =
        Backend.plain(ACME.signed("POST", path, Map.of(), "", server.ticker.epochSeconds()));

    HttpResponse<String> response =
        server.send(
            HttpRequest.newBuilder(server.uri(path + "?" + query)).POST(BodyPublishers.noBody()));

    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(orders).containsExactly(new TerminateUser(new AppId("3"), userId));
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 500})
  void aUserIdHasABound(int length) {
    HttpResponse<String> response =
        server.post(ACME, "/users/" + "u".repeat(length) + "/terminate_connections", "{}");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(orders).isEmpty();
  }

  @Test
  void aBusThatIsDownIsTemporarilyUnavailable() {
    ControlBus down =
        new ControlBus() {
          @Override
          public void broadcast(Order order) {
            throw new IllegalStateException("no route");
          }

          @Override
          public void listen(Consumer<Order> listener) {}
        };
    try (ApiServer broken = new ApiServer(ports -> ports.withControl(down), Map.of())) {
      HttpResponse<String> response = broken.post(ACME, "/users/42/terminate_connections", "{}");

      assertThat(response.statusCode()).isEqualTo(503);
      assertThat(response.body()).doesNotContain("no route");
    }
  }
}
