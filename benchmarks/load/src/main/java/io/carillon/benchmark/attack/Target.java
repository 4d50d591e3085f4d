package io.carillon.benchmark.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.benchmark.profile.Signing;
import io.carillon.benchmark.system.RunningSystem;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.zip.Deflater;

/**
 * A server, and what somebody has got there: an application, as anybody may sign up for one.
 * Immutable.
 */
record Target(int port, String key, String secret) {
  private static final int TEXT = 0x81;
  private static final int COMPRESSED_TEXT = 0xC1;
  private static final int TWO_BYTES = 126;

  static Target ofAttacker(RunningSystem system) {
    return new Target(
        system.ports().getFirst(),
        system.profile().text("flood.key"),
        system.profile().text("flood.secret"));
  }

  static Target ofNeighbour(RunningSystem system) {
    return new Target(
        system.ports().getFirst(),
        String.valueOf(system.values().get("key")),
        String.valueOf(system.values().get("secret")));
  }

  /** Asks for a socket of the native protocol. */
  byte[] handshake(String... headers) {
    return ascii(
        "GET /v1/realtime HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Protocol: carillon.v1\r\n"
            + String.join("", headers)
            + "\r\n");
  }

  byte[] hello() {
    String token = new Signing(key, secret).token("mallory", System.currentTimeMillis() / 1_000);
    return text("{\"t\":\"hello\",\"i\":1,\"token\":\"" + token + "\"}");
  }

  byte[] forgedHello() {
    String token =
        new Signing(key, "not the secret of this key, but as long")
            .token("mallory", System.currentTimeMillis() / 1_000);
    return text("{\"t\":\"hello\",\"i\":1,\"token\":\"" + token + "\"}");
  }

  /** A publish over REST. */
  byte[] publish(String channel, String data, boolean allowed) {
    String body = "{\"name\":\"m\",\"data\":\"" + data + "\"}";
    String secretShown = allowed ? secret : "wrong";
    return ascii(
        request("/v1/channels/" + channel + "/messages", secretShown, body.length()) + body);
  }

  /** The head of a request with a body of that many bytes. */
  String request(String path, String secretShown, long bodyBytes) {
    String basic = Base64.getEncoder().encodeToString((key + ":" + secretShown).getBytes(UTF_8));
    return "POST "
        + path
        + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Basic "
        + basic
        + "\r\nContent-Type: application/json\r\nContent-Length: "
        + bodyBytes
        + "\r\n\r\n";
  }

  static byte[] ascii(String text) {
    return text.getBytes(ISO_8859_1);
  }

  static byte[] text(String text) {
    return frame(TEXT, text.getBytes(UTF_8));
  }

  /** A frame of a client, whose mask changes nothing (RFC 6455, 5.2). */
  static byte[] frame(int firstByte, byte[] payload) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream(payload.length + 8);
    frame.write(firstByte);
    if (payload.length < TWO_BYTES) {
      frame.write(0x80 | payload.length);
    } else {
      frame.write(0x80 | TWO_BYTES);
      frame.write(payload.length >>> 8);
      frame.write(payload.length);
    }
    frame.writeBytes(new byte[4]);
    frame.writeBytes(payload);
    return frame.toByteArray();
  }

  /** A compressed frame that is a thousand times as long without compression (RFC 7692). */
  static byte[] bomb(int plainBytes) {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    deflater.setInput(new byte[plainBytes]);
    byte[] out = new byte[plainBytes / 100];
    int length = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
    deflater.end();
    return frame(COMPRESSED_TEXT, java.util.Arrays.copyOf(out, length - 4));
  }

  static byte[] times(int number, byte[] bytes) {
    ByteArrayOutputStream all = new ByteArrayOutputStream(number * bytes.length);
    for (int i = 0; i < number; i++) {
      all.writeBytes(bytes);
    }
    return all.toByteArray();
  }
}
