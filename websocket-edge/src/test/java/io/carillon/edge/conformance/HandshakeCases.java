package io.carillon.edge.conformance;

import java.util.ArrayList;
import java.util.List;

/** The opening handshake (RFC 6455, 4), which Autobahn's suite leaves to its own client. */
final class HandshakeCases {
  private static final String OPEN = "101";
  private static final String BAD = "400";
  private static final String OTHER_VERSION = "426, Sec-WebSocket-Version: 13";
  private static final String NOT_GET = "405, Allow: GET";
  private static final String NOT_FOUND = "404";
  private static final String UPGRADE = "Upgrade";
  private static final String CONNECTION = "Connection";
  private static final String KEY = "Sec-WebSocket-Key";
  private static final String VERSION = "Sec-WebSocket-Version";
  private static final String PROTOCOL = "Sec-WebSocket-Protocol";
  private static final String NATIVE = "101, Sec-WebSocket-Protocol: carillon.v1";

  private HandshakeCases() {}

  private static HandshakeCase of(String id, String title, String clause, String outcome) {
    return HandshakeCase.of(id, title, clause, outcome);
  }

  static List<HandshakeCase> all() {
    List<HandshakeCase> cases = new ArrayList<>(requests());
    cases.addAll(tokens());
    cases.addAll(keys());
    cases.addAll(versions());
    cases.addAll(subprotocols());
    return cases;
  }

  private static List<HandshakeCase> requests() {
    return List.of(
        of("H.1.1", "the example of the RFC", "1.3", OPEN),
        of("H.1.2", "POST", "4.2.1", NOT_GET).starting("POST %s HTTP/1.1"),
        of("H.1.3", "HEAD", "4.2.1", NOT_GET).starting("HEAD %s HTTP/1.1"),
        of("H.1.4", "HTTP/1.0", "4.2.1", BAD).starting("GET %s HTTP/1.0"),
        of("H.1.5", "no Host", "4.2.1", BAD).with("Host"),
        of("H.1.6", "two Hosts", "4.2.1", BAD).with("Host", "a", "b"),
        // it was taken for a path that nothing has
        of("H.1.7", "an absolute URI", "4.2.1", OPEN).starting("GET http://localhost%s HTTP/1.1"),
        of("H.1.8", "an absolute URI in capitals", "4.2.1", OPEN)
            .starting("GET HTTP://localhost%s HTTP/1.1"),
        of("H.1.9", "a broken escape in the path", "4.2.1", BAD).starting("GET /app/%zz HTTP/1.1"),
        of("H.1.10", "a broken escape in the query", "4.2.1", BAD)
            .starting("GET %s?%zz=%q HTTP/1.1"),
        of("H.1.11", "another path", "4.2.2", NOT_FOUND).starting("GET /nowhere HTTP/1.1"),
        of("H.1.12", "an Origin", "4.2.1", OPEN).with("Origin", "https://app.example.com"));
  }

  private static List<HandshakeCase> tokens() {
    return List.of(
        of("H.2.1", "Upgrade: WebSocket", "4.2.1", OPEN).with(UPGRADE, "WebSocket"),
        of("H.2.2", "Upgrade: h2c, websocket", "4.2.1", OPEN).with(UPGRADE, "h2c, websocket"),
        of("H.2.3", "two lines of Upgrade", "4.2.1", OPEN).with(UPGRADE, "h2c", "websocket"),
        of("H.2.4", "no Upgrade", "4.2.1", NOT_FOUND).with(UPGRADE),
        of("H.2.5", "Upgrade: websockets", "4.2.1", NOT_FOUND).with(UPGRADE, "websockets"),
        of("H.2.6", "Connection: upgrade", "4.2.1", OPEN).with(CONNECTION, "upgrade"),
        of("H.2.7", "Connection: keep-alive, Upgrade", "4.2.1", OPEN)
            .with(CONNECTION, "keep-alive, Upgrade"),
        of("H.2.8", "two lines of Connection", "4.2.1", OPEN)
            .with(CONNECTION, "keep-alive", "Upgrade"),
        of("H.2.9", "no Connection", "4.2.1", BAD).with(CONNECTION),
        of("H.2.10", "Connection: keep-alive", "4.2.1", BAD).with(CONNECTION, "keep-alive"));
  }

  private static List<HandshakeCase> keys() {
    return List.of(
        of("H.3.1", "no key", "4.2.1", BAD).with(KEY),
        of("H.3.2", "two keys", "11.3.1", BAD)
            .with(KEY, "dGhlIHNhbXBsZSBub25jZQ==", "dGhlIHNhbXBsZSBub25jZQ=="),
        of("H.3.3", "an empty key", "4.2.1", BAD).with(KEY, ""),
        of("H.3.4", "a key of 15 bytes", "4.2.1", BAD).with(KEY, "dGhlIHNhbXBsZSBub25j"),
        of("H.3.5", "a key of 17 bytes", "4.2.1", BAD).with(KEY, "dGhlIHNhbXBsZSBub25jZSE="),
        // Java's decoder takes it for whole
        of("H.3.6", "a key without its padding", "4.2.1", BAD).with(KEY, "dGhlIHNhbXBsZSBub25jZQ"),
        of("H.3.7", "a key in Base64 for URLs", "4.2.1", BAD).with(KEY, "-_hlIHNhbXBsZSBub25jZQ=="),
        of("H.3.8", "a key that is no Base64", "4.2.1", BAD).with(KEY, "the sample nonce, 24 ch."),
        of("H.3.9", "a key between spaces", "4.2.1", OPEN)
            .with(KEY, "  dGhlIHNhbXBsZSBub25jZQ==  "));
  }

  private static List<HandshakeCase> versions() {
    return List.of(
        of("H.4.1", "no version", "4.4", OTHER_VERSION).with(VERSION),
        of("H.4.2", "version 8", "4.4", OTHER_VERSION).with(VERSION, "8"),
        of("H.4.3", "version 14", "4.4", OTHER_VERSION).with(VERSION, "14"),
        of("H.4.4", "version 013", "4.1", OTHER_VERSION).with(VERSION, "013"),
        // the first one alone was looked at
        of("H.4.5", "versions 13 and 8", "11.3.5", OTHER_VERSION).with(VERSION, "13", "8"),
        of("H.4.6", "versions 13, 8 in one line", "11.3.5", OTHER_VERSION).with(VERSION, "13, 8"),
        // whose key the server cannot judge
        of("H.4.7", "version 8 with another key", "4.4", OTHER_VERSION)
            .with(VERSION, "8")
            .with(KEY, "short"));
  }

  private static List<HandshakeCase> subprotocols() {
    return List.of(
        of("H.5.1", "a subprotocol", "4.2.2", NATIVE).with(PROTOCOL, "carillon.v1").onPusher(OPEN),
        of("H.5.2", "one that nobody knows", "4.2.2", OPEN).with(PROTOCOL, "mqtt"),
        of("H.5.3", "several in one line", "4.2.2", NATIVE)
            .with(PROTOCOL, "mqtt, carillon.v1, carillon.v1.msgpack")
            .onPusher(OPEN),
        of("H.5.4", "several in two lines", "11.3.4", NATIVE)
            .with(PROTOCOL, "mqtt", "carillon.v1")
            .onPusher(OPEN),
        of("H.5.5", "the client's first choice", "4.2.2", NATIVE + ".msgpack")
            .with(PROTOCOL, "carillon.v1.msgpack, carillon.v1")
            .onPusher(OPEN),
        of("H.5.6", "one in capitals", "4.2.2", OPEN).with(PROTOCOL, "CARILLON.V1"),
        of("H.5.7", "an extension that nobody knows", "9.1", OPEN)
            .with("Sec-WebSocket-Extensions", "x-mystery; a=1"));
  }
}
