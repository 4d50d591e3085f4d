package io.carillon.edge.protocol.carillon;

import io.carillon.edge.protocol.ClientProtocol;
import java.util.Set;

/** The protocol {@code carillon.v1} at {@code /v1/realtime}. */
public final class CarillonProtocol implements ClientProtocol {
  private static final String PATH = "/v1/realtime";

  private final CarillonDialect dialect;

  /**
   * The protocol with what its clients are told of liveness.
   *
   * @param heartbeatMillis after how much silence the server pings
   */
  public CarillonProtocol(long heartbeatMillis) {
    this.dialect = new CarillonDialect(heartbeatMillis);
  }

  @Override
  public boolean owns(String path) {
    return path.equals(PATH);
  }

  @Override
  public Set<String> subprotocols() {
    return Set.of("carillon.v1");
  }

  @Override
  public Greeting greet(Handshake handshake) {
    return new Greeting.Awaited(dialect);
  }
}
