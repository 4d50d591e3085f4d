package io.carillon.core.model;

import org.jspecify.annotations.Nullable;

/**
 * The identity of one connection, unique over all nodes; on the Pusher protocol it is the
 * socket_id, {@code <digits>.<digits>}.
 *
 * @param value 0 or more: the upper 31 bits stand before the point, the lower 32 behind it
 */
public record ConnectionId(long value) {
  public ConnectionId {
    if (value < 0) {
      throw new IllegalArgumentException("connection id: " + value + " (expected: 0 or more)");
    }
  }

  /** Whether the text has the form of a socket_id. */
  public static boolean isSocketId(String text) {
    int point = text.indexOf('.');
    if (point <= 0 || point == text.length() - 1 || text.length() > 64) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (i != point && (c < '0' || c > '9')) {
        return false;
      }
    }
    return true;
  }

  /** The connection with this socket_id, or null when no connection of Carillon can have it. */
  public static @Nullable ConnectionId ofSocketId(String text) {
    if (!isSocketId(text)) {
      return null;
    }
    int point = text.indexOf('.');
    if (point > 10 || text.length() - point - 1 > 10) {
      return null;
    }
    long high = Long.parseLong(text, 0, point, 10);
    long low = Long.parseLong(text, point + 1, text.length(), 10);
    return high > Integer.MAX_VALUE || low > 0xFFFF_FFFFL
        ? null
        : new ConnectionId(high << 32 | low);
  }

  /** The socket_id of this connection. */
  public String socketId() {
    return (value >>> 32) + "." + (value & 0xFFFF_FFFFL);
  }

  @Override
  public String toString() {
    return socketId();
  }
}
