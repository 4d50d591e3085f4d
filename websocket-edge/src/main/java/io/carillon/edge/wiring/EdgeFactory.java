package io.carillon.edge.wiring;

import io.carillon.core.Node;
import io.carillon.core.auth.Tickets;
import io.carillon.core.auth.TokenReader;
import io.carillon.core.config.CompressedProtocols;
import io.carillon.core.config.Proxies;
import io.carillon.core.limit.AddressRate;
import io.carillon.core.session.KeepAlive.Timeouts;
import io.carillon.edge.carrier.Clients;
import io.carillon.edge.carrier.EdgeFigures;
import io.carillon.edge.carrier.EdgeSettings;
import io.carillon.edge.carrier.Lanes;
import io.carillon.edge.carrier.http.FallbackSessions;
import io.carillon.edge.carrier.poll.Polls;
import io.carillon.edge.carrier.sse.SseCarriers;
import io.carillon.edge.carrier.websocket.WebSocketCarriers;
import io.carillon.edge.protocol.ClientProtocol;
import io.carillon.edge.protocol.carillon.CarillonHttp;
import io.carillon.edge.protocol.carillon.CarillonProtocol;
import io.carillon.edge.protocol.pusher.PusherProtocol;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The edge's beans; the process that assembles it brings the {@link Node} and the settings. */
@Factory
final class EdgeFactory {
  @Singleton
  Lanes lanes(Node node) {
    return new Lanes(node);
  }

  @Singleton
  EdgeSettings settings(
      @Value("${carillon.limits.max-frame-bytes:131072}") int messageBytesMax,
      @Value("${carillon.limits.outbox-bytes:1048576}") int outboxBytesMax,
      @Value("${carillon.compression:native}") String compressed,
      @Value("${carillon.allowed-origins:*}") List<String> allowedOrigins) {
    return new EdgeSettings(
        messageBytesMax,
        outboxBytesMax,
        CompressedProtocols.valueOf(compressed.toUpperCase(Locale.ROOT)),
        Set.copyOf(allowedOrigins));
  }

  @Singleton
  Clients clients(
      Node node,
      @Value("${carillon.trusted-proxies:}") List<String> trusted,
      @Value("${carillon.limits.address-connections-per-second:0}") int perAddress) {
    return new Clients(Proxies.parse(trusted), new AddressRate(node.ticker(), perAddress));
  }

  @Singleton
  EdgeFigures figures(Clients clients) {
    return new EdgeFigures(clients);
  }

  @Singleton
  ClientProtocol pusher(
      @Value("${carillon.heartbeat.activity-timeout-seconds:120}") int activitySeconds,
      @Value("${carillon.heartbeat.pong-timeout-seconds:30}") int pongSeconds) {
    return new PusherProtocol(
        new Timeouts(Duration.ofSeconds(activitySeconds), Duration.ofSeconds(pongSeconds)));
  }

  @Singleton
  CarillonProtocol carillon(
      Node node,
      TokenReader tokens,
      Tickets tickets,
      @Value("${carillon.heartbeat.interval-seconds:25}") int intervalSeconds) {
    TokenReader guarded = node.revocations().guard(tokens);
    return new CarillonProtocol(guarded, tickets, Duration.ofSeconds(intervalSeconds));
  }

  @Singleton
  Tickets tickets(Node node) {
    return new Tickets(node.directory(), node.ticker());
  }

  @Singleton
  CarillonHttp overHttp(CarillonProtocol carillon) {
    return carillon.overHttp();
  }

  @Singleton
  SseCarriers streams(Lanes lanes, EdgeSettings settings, CarillonHttp http) {
    return new SseCarriers(lanes, settings, http);
  }

  @Singleton
  Polls polls(Lanes lanes, EdgeSettings settings, CarillonHttp http) {
    return new Polls(lanes, settings, http);
  }

  @Singleton
  FallbackSessions fallbackSessions(Lanes lanes, EdgeSettings settings) {
    return new FallbackSessions(lanes, settings);
  }

  @Singleton
  WebSocketCarriers webSockets(Lanes lanes, EdgeSettings settings) {
    return new WebSocketCarriers(lanes, settings);
  }
}
