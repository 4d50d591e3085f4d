package io.carillon.edge.protocol.carillon;

import io.carillon.core.auth.Tickets;
import io.carillon.core.auth.TokenReader;
import io.carillon.core.session.KeepAlive.Timeouts;
import io.carillon.edge.format.WireFormat;
import io.carillon.edge.protocol.ClientProtocol;
import java.time.Duration;
import java.util.Set;

/** The protocol {@code carillon.v1} at {@code /v1/realtime}, in JSON or MessagePack. */
public final class CarillonProtocol implements ClientProtocol {
  private static final String PATH = "/v1/realtime";

  private static final String JSON = "carillon.v1";
  private static final String MSGPACK = "carillon.v1.msgpack";

  private final CarillonDialect json;
  private final CarillonDialect msgpack;
  private final Tickets tickets;

  /**
   * The protocol with what its clients are told of liveness.
   *
   * @param tokens refuses revoked tokens too
   * @param tickets of this node
   * @param heartbeat after how much silence the server pings; after twice that it gives up
   */
  public CarillonProtocol(TokenReader tokens, Tickets tickets, Duration heartbeat) {
    Timeouts timeouts = Timeouts.twice(heartbeat);
    this.tickets = tickets;
    this.json = new CarillonDialect(WireFormat.JSON, tokens, tickets, timeouts);
    this.msgpack = new CarillonDialect(WireFormat.MSGPACK, tokens, tickets, timeouts);
  }

  /** The same where the client's first words are an HTTP request. */
  public CarillonHttp overHttp() {
    return new CarillonHttp(json, tickets);
  }

  @Override
  public boolean owns(String path) {
    return path.equals(PATH);
  }

  @Override
  public Set<String> subprotocols() {
    return Set.of(JSON, MSGPACK);
  }

  @Override
  public boolean isNative() {
    return true;
  }

  @Override
  public Greeting greet(Handshake handshake) {
    return new Greeting.Awaited(MSGPACK.equals(handshake.subprotocol()) ? msgpack : json);
  }
}
