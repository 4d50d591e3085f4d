package io.carillon.api.users;

import static io.carillon.api.Answers.assertProblem;
import static io.carillon.api.Answers.json;
import static io.carillon.api.Answers.text;
import static io.carillon.api.Backend.ACME;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.api.ApiServer;
import io.carillon.core.engine.ControlBus;
import io.carillon.core.engine.ControlBus.Order;
import io.carillon.core.engine.ControlBus.Order.TerminateUser;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.model.AppId;
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

class DisconnectTest {
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
  @ValueSource(strings = {"", "{}"})
  void everyNodeIsTold(String body) {
    assertThat(text(json(server.rest("POST", ACME, "/users/42/disconnect", body), 202), "user"))
        .isEqualTo("42");
    assertThat(orders).containsExactly(new TerminateUser(new AppId("3"), "42"));
  }

  @ParameterizedTest
  @CsvSource({"a%20b, a b", "%C3%A9, é", "a%2Fb, a/b"})
  void aUserIdMayHoldAnything(String coded, String user) {
    json(server.rest("POST", ACME, "/users/" + coded + "/disconnect", ""), 202);

    assertThat(orders).containsExactly(new TerminateUser(new AppId("3"), user));
  }

  @Test
  void whatIsNotUnderstoodIsRefused() {
    assertProblem(
        server.rest("POST", ACME, "/users/" + "u".repeat(201) + "/disconnect", ""),
        ErrorCode.BAD_REQUEST,
        "201 characters");
    assertProblem(
        server.rest("POST", ACME, "/users/42/disconnect", "{\"reason\":1}"),
        ErrorCode.BAD_REQUEST,
        "no body");
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
      assertProblem(broken.rest("POST", ACME, "/users/42/disconnect", ""), ErrorCode.UNAVAILABLE);
    }
  }
}
