package io.carillon.benchmark.load;

import io.carillon.benchmark.profile.Payload;
import io.carillon.benchmark.profile.Profile;
import io.carillon.benchmark.profile.Signing;
import io.carillon.benchmark.profile.Template;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The system that a load is for: where it listens, how it is spoken to, with what rights. Confined
 * to the load's event loop, because signing is.
 *
 * @param ports one for each node, on this machine
 * @param values placeholders that are the same for all connections; has {@code key} and {@code
 *     secret}
 */
public record Surroundings(
    Profile profile,
    List<Integer> ports,
    Payload payload,
    Signing signing,
    Map<String, String> values) {

  public Surroundings {
    ports = List.copyOf(ports);
    values = Map.copyOf(values);
  }

  /** The opening handshake of RFC 6455; nobody checks how random the key is. */
  String handshake(String channel, int number) {
    StringBuilder request = new StringBuilder();
    request
        .append("GET ")
        .append(profile.text("ws.path"))
        .append(" HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n")
        .append("Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
    if (profile.has("ws.subprotocol")) {
      request
          .append("Sec-WebSocket-Protocol: ")
          .append(profile.text("ws.subprotocol"))
          .append("\r\n");
    }
    profile
        .group("header.")
        .forEach((name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
    request.append("\r\n");
    return new Template(request.toString()).bind(valuesFor(channel, number, Map.of())).text();
  }

  /**
   * All placeholders of one connection.
   *
   * @param captured what the server told; with {@code socket} there is {@code auth} for Pusher
   */
  Map<String, String> valuesFor(String channel, int number, Map<String, String> captured) {
    Map<String, String> all = new HashMap<>(values);
    all.putAll(captured);
    all.put("channel", channel);
    all.put("number", String.valueOf(number));
    if (profile.uses("token")) {
      all.put("token", signing.token("user-" + number, System.currentTimeMillis() / 1_000));
    }
    String socket = captured.get("socket");
    if (socket != null) {
      all.put("auth", signing.channelAuth(socket, channel));
      if (profile.uses("member.auth")) {
        // with the marker by which it is counted who was told
        String data = "{\"user_id\":\"user-%d\",\"user_info\":\"~\"}".formatted(number);
        all.put("member.data", data.replace("\"", "\\\""));
        all.put("member.auth", signing.channelAuth(socket, channel + ":" + data));
      }
    }
    return all;
  }
}
