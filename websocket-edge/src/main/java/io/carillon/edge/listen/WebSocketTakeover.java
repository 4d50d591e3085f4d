package io.carillon.edge.listen;

import io.carillon.core.error.Problem;
import io.carillon.core.model.Client;
import io.carillon.core.session.Arrival;
import io.carillon.edge.carrier.Clients;
import io.carillon.edge.carrier.EdgeSettings;
import io.carillon.edge.carrier.websocket.Compression;
import io.carillon.edge.carrier.websocket.WebSocketCarriers;
import io.carillon.edge.protocol.ClientProtocol;
import io.carillon.edge.protocol.ClientProtocol.Handshake;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Opens WebSockets (RFC 6455, 4.2) for the protocols of the edge. Stateless. */
final class WebSocketTakeover implements Takeover {
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final List<String> VERSIONS = List.of("13");
  private static final int KEY_BYTES = 16;

  /** Of the Base64 of that many bytes; Java's decoder would do without the padding. */
  private static final int KEY_CHARACTERS = 24;

  private static final long SECOND_MILLIS = 1_000;
  private static final String BAD_REQUEST = "400 Bad Request";

  private final List<ClientProtocol> protocols;
  private final WebSocketCarriers carriers;
  private final EdgeSettings settings;
  private final Clients clients;

  WebSocketTakeover(
      List<ClientProtocol> protocols,
      WebSocketCarriers carriers,
      EdgeSettings settings,
      Clients clients) {
    this.protocols = protocols;
    this.carriers = carriers;
    this.settings = settings;
    this.clients = clients;
  }

  @Override
  public @Nullable Plan plan(HttpRequest request, @Nullable SocketAddress peer) {
    if (!hasToken(request.headers(), HttpHeaderNames.UPGRADE.toString(), "websocket")) {
      return null;
    }
    QueryStringDecoder uri = Takeover.target(request);
    String path = uri.path();
    for (ClientProtocol protocol : protocols) {
      if (protocol.owns(path)) {
        Plan refusal = refusalOf(request);
        return refusal != null
            ? refusal
            : take(
                request,
                protocol,
                new Handshake(path, uri.parameters(), subprotocol(request, protocol)),
                peer);
      }
    }
    return null;
  }

  private Plan take(
      HttpRequest request,
      ClientProtocol protocol,
      Handshake handshake,
      @Nullable SocketAddress peer) {
    Clients.Request asks = new Clients.Request(handshake.query(), request.headers()::getAll, peer);
    Problem tooMany = clients.refusal(asks);
    if (tooMany != null) {
      String seconds = String.valueOf(Math.ceilDiv(tooMany.afterMillis(), SECOND_MILLIS));
      return new Plan.Refuse("429 Too Many Requests", Map.of("Retry-After", seconds));
    }
    Arrival by =
        clients.of(protocol.isNative() ? Client.Protocol.CARILLON : Client.Protocol.PUSHER, asks);
    String key = request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_KEY).trim();
    String subprotocol = handshake.subprotocol();
    String deflate = compresses(protocol) ? PermessageDeflate.answer(request.headers()) : null;
    String head =
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + (subprotocol == null ? "" : "Sec-WebSocket-Protocol: " + subprotocol + "\r\n")
            + (deflate == null ? "" : "Sec-WebSocket-Extensions: " + deflate + "\r\n")
            + "Sec-WebSocket-Accept: "
            + acceptOf(key)
            + "\r\n\r\n";
    return new Plan.Take(
        head,
        carriers.carrier(
            protocol.greet(handshake),
            deflate == null ? Compression.NONE : Compression.DEFLATE,
            by));
  }

  private boolean compresses(ClientProtocol protocol) {
    return switch (settings.compressed()) {
      case NONE -> false;
      case NATIVE -> protocol.isNative();
      case ALL -> true;
    };
  }

  /** The first offered subprotocol that the protocol knows, or null. */
  private static @Nullable String subprotocol(HttpRequest request, ClientProtocol protocol) {
    for (String offer : request.headers().getAll(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL)) {
      for (String name : offer.split(",", -1)) {
        if (protocol.subprotocols().contains(name.trim())) {
          return name.trim();
        }
      }
    }
    return null;
  }

  private @Nullable Plan refusalOf(HttpRequest request) {
    HttpHeaders headers = request.headers();
    if (!request.method().equals(HttpMethod.GET)) {
      return new Plan.Refuse("405 Method Not Allowed", Map.of("Allow", "GET"));
    }
    if (!request.protocolVersion().equals(HttpVersion.HTTP_1_1)
        || headers.getAll(HttpHeaderNames.HOST).size() != 1
        || !hasToken(headers, HttpHeaderNames.CONNECTION.toString(), "upgrade")) {
      return new Plan.Refuse(BAD_REQUEST, Map.of());
    }
    // before the key, for other versions may have other keys; a second header is refused (11.3.5)
    if (!headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_VERSION).equals(VERSIONS)) {
      return new Plan.Refuse(
          "426 Upgrade Required", Map.of("Upgrade", "websocket", "Sec-WebSocket-Version", "13"));
    }
    if (!hasValidKey(headers)) {
      return new Plan.Refuse(BAD_REQUEST, Map.of());
    }
    String origin = headers.get(HttpHeaderNames.ORIGIN);
    return origin == null || settings.allowsOrigin(origin)
        ? null
        : new Plan.Refuse("403 Forbidden", Map.of());
  }

  private static boolean hasValidKey(HttpHeaders headers) {
    List<String> keys = headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_KEY);
    if (keys.size() != 1) {
      return false;
    }
    String key = keys.getFirst().trim();
    try {
      return key.length() == KEY_CHARACTERS && Base64.getDecoder().decode(key).length == KEY_BYTES;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean hasToken(HttpHeaders headers, String name, String token) {
    for (String value : headers.getAll(name)) {
      for (String part : value.split(",", -1)) {
        if (part.trim().equalsIgnoreCase(token)) {
          return true;
        }
      }
    }
    return false;
  }

  private static String acceptOf(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-1")
              .digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-1 is part of every Java platform", e);
    }
  }
}
