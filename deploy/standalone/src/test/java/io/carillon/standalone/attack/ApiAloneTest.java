package io.carillon.standalone.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.standalone.ConsoleServer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that only serves the APIs, as several do behind one balancer: what is no request by its
 * form was refused by the edge's gate alone, which such a process did not have.
 */
class ApiAloneTest {
  private static final String REST = "\r\n\r\n0\r\n\r\nGET /next HTTP/1.1\r\nHost: a\r\n\r\n";

  @TempDir private Path data;

  @Test
  void whatMayBeReadInTwoWaysIsRefused() throws Exception {
    try (ConsoleServer server = new ConsoleServer(data, Map.of("CARILLON_ROLES", "api"))) {
      for (String head :
          new String[] {
            "POST /v1/messages HTTP/1.1\r\nHost: a\r\nHost: b\r\nContent-Length: 0",
            "POST /v1/messages HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked",
          }) {
        RawExchange exchange = RawExchange.with(server.url, head + REST);
        assertThat(exchange.statuses()).as(exchange.text()).hasSize(1).isSubsetOf(400, 501);
      }
    }
  }
}
