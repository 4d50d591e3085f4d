package io.carillon.edge.conformance;

import io.carillon.edge.fixture.RawTcp;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One opening handshake and its answer. Immutable.
 *
 * @param start the request's first line; {@code %s} is the endpoint's path
 * @param headers the lines of the headers that are not as usual, by name
 * @param expected status, and what matters of the headers, by endpoint
 */
record HandshakeCase(
    String id,
    String title,
    String clause,
    String start,
    Map<String, List<String>> headers,
    Map<Endpoint, String> expected) {
  private static final Map<String, List<String>> USUAL = new LinkedHashMap<>();

  static {
    USUAL.put("Host", List.of("localhost"));
    USUAL.put("Upgrade", List.of("websocket"));
    USUAL.put("Connection", List.of("Upgrade"));
    USUAL.put("Sec-WebSocket-Key", List.of("dGhlIHNhbXBsZSBub25jZQ=="));
    USUAL.put("Sec-WebSocket-Version", List.of("13"));
  }

  /** The answer to {@link #USUAL}'s key, which is the example of RFC 6455, 1.3. */
  private static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

  static HandshakeCase of(String id, String title, String clause, String outcome) {
    return new HandshakeCase(
        id,
        title,
        clause,
        "GET %s HTTP/1.1",
        Map.of(),
        Map.of(Endpoint.NATIVE, outcome, Endpoint.PUSHER, outcome));
  }

  /** With these lines of a header; none leaves it out. */
  HandshakeCase with(String header, String... lines) {
    Map<String, List<String>> changed = new LinkedHashMap<>(headers);
    changed.put(header, List.of(lines));
    return new HandshakeCase(id, title, clause, start, changed, expected);
  }

  HandshakeCase starting(String line) {
    return new HandshakeCase(id, title, clause, line, headers, expected);
  }

  HandshakeCase onPusher(String outcome) {
    return new HandshakeCase(
        id,
        title,
        clause,
        start,
        headers,
        Map.of(
            Endpoint.NATIVE, expected.getOrDefault(Endpoint.NATIVE, ""), Endpoint.PUSHER, outcome));
  }

  /** The status, and the headers that a case may be about. */
  String answerOf(Endpoint endpoint, int port) throws IOException {
    StringBuilder request = new StringBuilder(start.replace("%s", endpoint.path())).append("\r\n");
    Map<String, List<String>> all = new LinkedHashMap<>(USUAL);
    all.putAll(headers);
    all.forEach(
        (name, lines) ->
            lines.forEach(line -> request.append(name).append(": ").append(line).append("\r\n")));
    try (RawTcp tcp = new RawTcp(port)) {
      String head = tcp.send(request.append("\r\n").toString()).head();
      StringBuilder answer = new StringBuilder(head.substring(9, 12));
      if (answer.toString().equals("101") && !header(head, "Sec-WebSocket-Accept").equals(ACCEPT)) {
        answer.append(" without the right Sec-WebSocket-Accept");
      }
      for (String name :
          List.of(
              "Sec-WebSocket-Protocol",
              "Sec-WebSocket-Extensions",
              "Sec-WebSocket-Version",
              "Allow")) {
        if (!header(head, name).isEmpty()) {
          answer.append(", ").append(name).append(": ").append(header(head, name));
        }
      }
      return answer.toString();
    }
  }

  private static String header(String head, String name) {
    int at = head.indexOf("\r\n" + name + ": ");
    int start = at + name.length() + 4;
    return at < 0 ? "" : head.substring(start, head.indexOf('\r', start));
  }
}
