package io.carillon.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.acceptance.harness.Apps;
import io.carillon.acceptance.harness.Carillon;
import io.carillon.acceptance.harness.Fallback;
import io.carillon.acceptance.harness.LoadBalancer;
import io.carillon.acceptance.harness.LoadBalancer.Kind;
import io.carillon.acceptance.harness.TestApp;
import io.carillon.acceptance.harness.TwoNodes;
import io.carillon.acceptance.harness.WithCarillon;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Sessions of Pusher's HTTP transports live on one node: the load balancers have to send all their
 * requests there.
 */
@WithCarillon
class BalancedFallbackTest {
  private static final int SESSIONS = 8;
  private static final String QUERY = "protocol=7&client=js&version=8";

  @ParameterizedTest
  @EnumSource
  void allRequestsOfASessionComeToItsNode(Kind kind, Carillon carillon, Apps apps) {
    try (TwoNodes nodes = new TwoNodes(carillon, Map.of())) {
      TestApp app = nodes.make(apps).getFirst();
      try (LoadBalancer balancer =
          LoadBalancer.start(kind, nodes.server(0).url(), nodes.server(1).url())) {
        TestApp balanced = new TestApp(balancer.url(), app.id(), app.key(), app.secret());
        List<Fallback> clients = new ArrayList<>();
        try {
          for (int i = 0; i < SESSIONS; i++) {
            Fallback client = new Fallback(balanced, QUERY);
            clients.add(i % 2 == 0 ? client.stream() : client.poll());
            client.await("pusher:connection_established");
            client.send("{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"news\"}}");
            client.await("pusher_internal:subscription_succeeded");
          }
          balanced.rest().publish("news", "greeting", "hello");
          for (Fallback client : clients) {
            assertThat(client.await("greeting").text()).isEqualTo("hello");
          }
        } finally {
          clients.forEach(Fallback::close);
        }
      }
    }
  }
}
