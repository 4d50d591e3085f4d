package io.carillon.edge.carrier;

import io.carillon.core.config.CompressedProtocols;
import java.time.Duration;
import java.util.Set;

/**
 * What the edge is configured with. Immutable.
 *
 * @param messageBytesMax largest message a client may send, fragments together
 * @param outboxBytesMax how much may wait for one connection that does not read
 * @param compressed on which sockets messages are compressed when a client asks for it
 * @param allowedOrigins origins that browsers may come from; {@code *} for all
 */
public record EdgeSettings(
    int messageBytesMax,
    int outboxBytesMax,
    CompressedProtocols compressed,
    Set<String> allowedOrigins) {
  /** How long a side that was told goodbye gets to close before it is cut. */
  public static final Duration CLOSE_TIME = Duration.ofSeconds(5);

  /** How long a connection may take to say who it is, where its protocol asks for that. */
  public static final Duration HELLO_TIME = Duration.ofSeconds(10);

  public EdgeSettings {
    allowedOrigins = Set.copyOf(allowedOrigins);
  }

  /** Whether a browser page of this origin may connect. */
  public boolean allowsOrigin(String origin) {
    return allowedOrigins.contains("*") || allowedOrigins.contains(origin);
  }
}
