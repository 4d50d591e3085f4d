package io.carillon.edge.carrier;

import io.carillon.core.config.Proxies;
import io.carillon.core.error.Problem;
import io.carillon.core.limit.AddressRate;
import io.carillon.core.model.AddressRange;
import io.carillon.core.model.Client;
import io.carillon.core.model.Client.Protocol;
import io.carillon.core.session.Arrival;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Says which program opens a connection and roughly where from, by the request that opens it, and
 * whether its address may. Thread-safe.
 */
public record Clients(Proxies proxies, AddressRate rate) {
  private static final String FORWARDED = "X-Forwarded-For";
  private static final String USER_AGENT = "User-Agent";
  private static final String ORIGIN = "Origin";

  /**
   * The request that opens a connection.
   *
   * @param query decoded; {@code client} and {@code version} are how libraries name themselves
   * @param headers all values of the header of a name
   */
  public record Request(
      Map<String, List<String>> query,
      Function<String, List<String>> headers,
      @Nullable SocketAddress peer) {}

  public Arrival of(Protocol protocol, Request request) {
    Client client = Client.of(protocol, library(request), AddressRange.of(address(request)));
    return new Arrival(client, first(request.headers().apply(ORIGIN)));
  }

  /** Why this address may not open one more connection now, or null, and it is counted. */
  public @Nullable Problem refusal(Request request) {
    return rate.attempt(address(request));
  }

  private @Nullable InetAddress address(Request request) {
    InetAddress peer =
        request.peer() instanceof InetSocketAddress internet ? internet.getAddress() : null;
    return proxies.client(peer, request.headers().apply(FORWARDED));
  }

  private static @Nullable String library(Request request) {
    String name = first(request.query().get("client"));
    if (name == null) {
      return first(request.headers().apply(USER_AGENT));
    }
    String version = first(request.query().get("version"));
    return version == null ? name : name + " " + version;
  }

  private static @Nullable String first(@Nullable List<String> values) {
    return values == null || values.isEmpty() ? null : values.getFirst();
  }
}
