package io.carillon.edge.listen;

import io.carillon.edge.carrier.Clients;
import io.carillon.edge.carrier.EdgeSettings;
import io.carillon.edge.carrier.websocket.WebSocketCarriers;
import io.carillon.edge.protocol.ClientProtocol;
import jakarta.inject.Singleton;
import java.util.List;

/** The kinds of requests that take a connection over, in the order in which they are asked. */
@Singleton
final class Takeovers {
  private final List<Takeover> all;

  Takeovers(
      List<ClientProtocol> protocols,
      WebSocketCarriers webSockets,
      SseTakeover streams,
      EdgeSettings settings,
      Clients clients) {
    this.all = List.of(new WebSocketTakeover(protocols, webSockets, settings, clients), streams);
  }

  List<Takeover> all() {
    return all;
  }
}
