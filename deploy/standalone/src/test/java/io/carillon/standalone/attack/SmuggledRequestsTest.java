package io.carillon.standalone.attack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.standalone.ConsoleServer;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Somebody behind a proxy sends bytes that it and the server may divide into requests in different
 * ways, so that a part of one is taken for the next one, or an answer for another request's.
 */
@ExtendWith(AttackedServer.class)
class SmuggledRequestsTest {
  /** What must not be heard behind something ambiguous; whoever hears it says so and closes. */
  private static final String NEXT =
      "GET /smuggled HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

  private static final String BASIC =
      "Basic "
          + Base64.getEncoder()
              .encodeToString((AttackedServer.KEY + ":" + AttackedServer.SECRET).getBytes(UTF_8));

  private static final String MESSAGE = "{\"name\":\"n\",\"data\":\"x\"}";

  private final ConsoleServer server;

  SmuggledRequestsTest(ConsoleServer server) {
    this.server = server;
  }

  private void assertRefused(String request, Integer... statuses) throws Exception {
    RawExchange exchange = RawExchange.with(server.url, request + NEXT);

    assertThat(exchange.statuses()).as(exchange.text()).hasSize(1).isSubsetOf(List.of(statuses));
    assertThat(exchange.text()).doesNotContain("smuggled");
  }

  private void assertInStep(String request) throws Exception {
    RawExchange exchange = RawExchange.with(server.url, request + NEXT);

    assertThat(exchange.statuses()).as(exchange.text()).hasSize(2);
    assertThat(exchange.text().indexOf("smuggled"))
        .as(exchange.text())
        .isGreaterThan(exchange.text().lastIndexOf("HTTP/1.1 404"));
  }

  private static String head(String path) {
    return "POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
        "Content-Length: 4\r\nContent-Length: 0\r\n\r\n",
        "Content-Length: 0\r\nContent-Length: 0\r\n\r\n",
        "Content-Length: 0, 0\r\n\r\n",
        "Content-Length: +0\r\n\r\n",
        "Content-Length: -1\r\n\r\n",
        "Content-Length: 0x0\r\n\r\n",
        "Content-Length: \r\n\r\n",
        "Content-Length: 99999999999999999999\r\n\r\n",
        "Content-Length : 0\r\n\r\n",
        "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: \u000bchunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: xchunked\r\n\r\n",
        "Transfer-Encoding: identity\r\nContent-Length: 0\r\n\r\n",
        "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: identity, chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
        "Content-Length: 0\r\nX-A: b\rTransfer-Encoding: chunked\r\n\r\n",
        "Content-Length: 0\r\nX-A: b\nX-B: c\r\n\r\n",
        "Content-Length: 0\r\nX-A: b\u0000c\r\n\r\n",
        "Content-Length: 0\n\n",
      })
  void withABodyThatEndsHereOrThere(String rest) throws Exception {
    for (String path : List.of("/v1/messages", "/v1/console/session", "/apps/1001/events")) {
      assertRefused(head(path) + rest, 400, 501);
    }
  }

  /** The framework takes what came before for the whole body. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ZZ\r\n\r\n",
        "-0\r\n\r\n",
        "+0\r\n\r\n",
        "0x0\r\n\r\n",
        " 0\r\n\r\n",
        "0_0\r\n\r\n",
        "ffffffffffffffff\r\n\r\n",
        "\r\n\r\n",
        "0\n\n",
        "0;\nX: y\r\n\r\n",
        "0;a=\"b\r\n\"\r\n\r\n",
      })
  void withAChunkThatIsNone(String end) throws Exception {
    String chunk = Integer.toHexString(MESSAGE.length()) + "\r\n" + MESSAGE + "\r\n";
    String channel = "/v1/channels/broken/messages";
    RawExchange exchange =
        RawExchange.with(
            server.url,
            head(channel)
                + ("Authorization: " + BASIC + "\r\n")
                + ("Transfer-Encoding: chunked\r\n\r\n" + chunk + end)
                + NEXT);

    assertThat(exchange.statuses()).as(exchange.text()).isIn(List.of(400), List.of());
    assertThat(exchange.text()).doesNotContain("smuggled", "offset");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /health HTTP/1.1\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: a/b\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: b@a\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: a b\r\n\r\n",
        "GET http://evil.example/health HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET http://a@evil.example/health HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET http://a.evil.example/health HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET ftp://a/health HTTP/1.1\r\nHost: a\r\n\r\n",
        "CONNECT evil.example:80 HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET evil.example:80 HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET ../health HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET * HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /health#x HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /hea\u0000lth HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /h\u00e9 HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /hea lth HTTP/1.1\r\nHost: a\r\n\r\n",
        "get /health HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /health HTTP/1.1 x\r\nHost: a\r\n\r\n",
        "GET /health HTTP/1.2\r\nHost: a\r\n\r\n",
        "GET /health HTTP/2.0\r\nHost: a\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "GET /health\r\nHost: a\r\n\r\n",
      })
  void withARequestLineOrHostThatOthersReadOtherwise(String request) throws Exception {
    assertRefused(request, 400, 505);
  }

  /** It got no answer at all, and the next request's answer would have been taken for its own. */
  @ParameterizedTest
  @ValueSource(strings = {"/%zz", "/%", "/health%zz", "/v1/console/%a", "/x?a=%zz", "/docs/%"})
  void withAPercentSignThatMeansNothing(String target) throws Exception {
    assertRefused("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n", 400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/realtime",
        "/app/victim-key?protocol=7",
        "/v1/console/session",
        "/health",
        "/nowhere"
      })
  void behindAnUpgradeWithABody(String path) throws Exception {
    String upgrade =
        "GET "
            + path
            + " HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n";

    assertRefused(upgrade + "Content-Length: " + NEXT.length() + "\r\n\r\n", 400);
    assertRefused(upgrade + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/realtime", "/app/victim-key?protocol=7"})
  void behindAnUpgradeThatIsRefused(String path) throws Exception {
    String upgrade =
        "GET "
            + path
            + " HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 7\r\n\r\n";

    assertRefused(upgrade, 426);
  }

  /** Its refusal would leave at once, and be taken for the answer that is still worked on. */
  @ParameterizedTest
  @ValueSource(strings = {"GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n", "nonsense\r\n\r\n"})
  void toHaveARefusalTakenForTheAnswerBeforeIt(String refused) throws Exception {
    String session = "GET /v1/console/session HTTP/1.1\r\nHost: a\r\n\r\n";

    RawExchange exchange = RawExchange.with(server.url, session + refused + NEXT);

    assertThat(exchange.statuses())
        .as(exchange.text())
        .isIn(List.of(401, 400), List.of(401), List.of());
    assertThat(exchange.text()).doesNotContain("smuggled");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /health HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET http://a/health HTTP/1.1\r\nHost: a\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: a\r\nX-A: b\r\n c\r\n\r\n",
        "GET //health HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /./health HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /a/../health HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /v1/console/%2e%2e/health HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nGET /",
        "TRACE /health HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST /nowhere HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: CHUNKED\r\n\r\n0;a=b\r\n\r\n",
        "POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nHost: b\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: a\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n",
      })
  void whatIsUnusualAndClearStaysInStep(String request) throws Exception {
    assertInStep(request);
  }

  /** The path that is checked is the one that is served: none of these is a way round the door. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1//console/tenants",
        "//v1/console/tenants",
        "/./v1/console/tenants",
        "/x/../v1/console/tenants",
        "/v1/console/tenants/",
        "/v1/console/tenants;a=b",
        "/v1/%63onsole/tenants",
        "/v1%2Fconsole%2Ftenants",
        "/V1/console/tenants",
        "http://a/v1/console/tenants"
      })
  void roundTheConsolesDoor(String target) throws Exception {
    RawExchange exchange =
        RawExchange.with(
            server.url, "GET " + target + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

    assertThat(exchange.statuses()).as(exchange.text()).hasSize(1).isSubsetOf(List.of(401, 404));
  }

  /** It serves one path to everybody and reads nothing, so nothing is gained there. */
  @Test
  void atThePortOfTheFigures() throws Exception {
    String figures = String.valueOf(server.metricsUrl).replaceFirst("(//[^/]+).*", "$1");
    for (String request :
        List.of(
            head("/metrics") + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "GET /v1/console/session HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n")) {
      RawExchange exchange = RawExchange.with(figures, request + NEXT);

      assertThat(exchange.statuses()).as(exchange.text()).isSubsetOf(400, 404, 405, 501);
    }
  }
}
