package io.carillon.edge.listen;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Negotiates RFC 7692: the first offer that can be taken is, always without context takeover in
 * either direction. Stateless.
 */
final class PermessageDeflate {
  private static final String NAME = "permessage-deflate";
  private static final String ACCEPTED =
      NAME + "; server_no_context_takeover; client_no_context_takeover";
  private static final String SERVER_WINDOW = "server_max_window_bits";
  private static final String CLIENT_WINDOW = "client_max_window_bits";

  /** The platform's compressor always uses the largest window. */
  private static final String WINDOW_BITS = "15";

  /** A client has no use for more; the rest is not looked at. */
  private static final int OFFERS_MAX = 16;

  private PermessageDeflate() {}

  /** The value of the response's {@code Sec-WebSocket-Extensions}, or null to go on without. */
  static @Nullable String answer(HttpHeaders headers) {
    int seen = 0;
    for (String header : headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS)) {
      for (String offer : header.split(",", OFFERS_MAX + 1)) {
        String answer = seen++ < OFFERS_MAX ? answerTo(offer) : null;
        if (answer != null) {
          return answer;
        }
      }
    }
    return null;
  }

  private static @Nullable String answerTo(String offer) {
    String[] parts = offer.split(";", -1);
    if (!parts[0].trim().equals(NAME)) {
      return null;
    }
    Set<String> names = new HashSet<>();
    for (int i = 1; i < parts.length; i++) {
      String[] parameter = parts[i].split("=", 2);
      String name = parameter[0].trim();
      String value = parameter.length == 1 ? null : unquoted(parameter[1].trim());
      if (!names.add(name) || !isAcceptable(name, value)) {
        return null;
      }
    }
    return names.contains(SERVER_WINDOW)
        ? ACCEPTED + "; " + SERVER_WINDOW + "=" + WINDOW_BITS
        : ACCEPTED;
  }

  /** 7.1: known, with a value where one belongs, and one that this side can keep to. */
  private static boolean isAcceptable(String name, @Nullable String value) {
    return switch (name) {
      case "server_no_context_takeover", "client_no_context_takeover" -> value == null;
      case SERVER_WINDOW -> WINDOW_BITS.equals(value);
      case CLIENT_WINDOW -> value == null || value.matches("[89]|1[0-5]");
      default -> false;
    };
  }

  private static String unquoted(String value) {
    boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
    return quoted ? value.substring(1, value.length() - 1) : value;
  }
}
