package io.carillon.acceptance.libraries;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import io.carillon.client.CarillonException;
import io.carillon.client.CarillonServer;
import io.carillon.client.Retry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a backend's call makes of answers that are not the server's own. */
class JavaBackendTest {
  private HttpServer proxy;
  private int status;

  @BeforeEach
  void start() throws IOException {
    proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    proxy.createContext(
        "/",
        exchange -> {
          byte[] page = "<h1>No server is available</h1>".getBytes(UTF_8);
          exchange.sendResponseHeaders(status, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    proxy.start();
  }

  @AfterEach
  void stop() {
    proxy.stop(0);
  }

  private CarillonException published(int answered) {
    status = answered;
    CarillonServer server =
        CarillonServer.of("http://127.0.0.1:" + proxy.getAddress().getPort(), "key", "secret");
    return catchThrowableOfType(
        CarillonException.class, () -> server.publish("room", "greeting", "hello"));
  }

  @ParameterizedTest
  @ValueSource(ints = {502, 503, 504})
  void aLoadBalancerWithoutServersIsTriedAgainLater(int answered) {
    CarillonException refused = published(answered);

    assertThat(refused.kind()).isEqualTo("unavailable");
    assertThat(refused.retry()).isEqualTo(Retry.LATER);
    assertThat(refused).hasMessageContaining(String.valueOf(answered));
  }

  @Test
  void aPageOfSomethingElseIsNotOfTheProtocol() {
    assertThat(published(404).kind()).isEqualTo("protocol");
  }
}
