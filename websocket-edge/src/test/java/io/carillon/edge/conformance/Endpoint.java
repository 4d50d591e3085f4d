package io.carillon.edge.conformance;

import static io.carillon.edge.fixture.EdgeServer.KEY;

import io.carillon.edge.fixture.Msgpack;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Where a client can open a WebSocket, and what there stands for the echo of Autobahn's servers: a
 * message that is answered whatever it is padded with. Immutable.
 */
enum Endpoint {
  NATIVE("native, JSON", "/v1/realtime", "carillon.v1", "{\"t\":\"ping\",\"pad\":\"", "\"}") {
    @Override
    List<String> greeting() {
      return List.of("{\"t\":\"hello\",\"i\":1,\"key\":\"" + KEY + "\"}");
    }
  },
  MSGPACK("native, MessagePack", "/v1/realtime", "carillon.v1.msgpack", "", "") {
    @Override
    List<String> greeting() {
      return NATIVE.greeting();
    }

    @Override
    byte[] encoded(String json) {
      return Msgpack.of(json);
    }

    /** Of a map's header, three texts of a byte's header each, and one of five bytes. */
    @Override
    byte[] probe(int size) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.write(0x82);
      for (String word : List.of("t", "ping", "pad")) {
        out.write(0xA0 | word.length());
        out.writeBytes(word.getBytes(StandardCharsets.US_ASCII));
      }
      int left = size - out.size() - 5;
      out.write(0xDB);
      for (int shift = 24; shift >= 0; shift -= 8) {
        out.write(left >>> shift);
      }
      out.writeBytes("*".repeat(left).getBytes(StandardCharsets.US_ASCII));
      return out.toByteArray();
    }
  },
  PUSHER(
      "Pusher",
      "/app/" + KEY + "?protocol=7",
      "",
      "{\"event\":\"pusher:ping\",\"data\":\"",
      "\"}") {
    @Override
    List<String> greeting() {
      return List.of();
    }
  };

  /** No message that is answered is shorter. */
  static final int PROBE_MIN = 36;

  private final String title;
  private final String path;
  private final String subprotocol;
  private final String before;
  private final String after;

  Endpoint(String title, String path, String subprotocol, String before, String after) {
    this.title = title;
    this.path = path;
    this.subprotocol = subprotocol;
    this.before = before;
    this.after = after;
  }

  String title() {
    return title;
  }

  String path() {
    return path;
  }

  /** What a client of it asks for, or an empty text. */
  String subprotocol() {
    return subprotocol;
  }

  boolean isBinary() {
    return this == MSGPACK;
  }

  /** What a client says before anything else; each is answered, and a silent client is greeted. */
  abstract List<String> greeting();

  byte[] encoded(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }

  /** A message of so many bytes that is answered. */
  byte[] probe(int size) {
    int padding = size - before.length() - after.length();
    return padded("*".repeat(padding).getBytes(StandardCharsets.US_ASCII));
  }

  /** A text message with these bytes within. */
  byte[] padded(byte[] padding) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(before.getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(padding);
    out.writeBytes(after.getBytes(StandardCharsets.US_ASCII));
    return out.toByteArray();
  }
}
