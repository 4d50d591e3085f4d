package io.carillon.edge.carrier.websocket;

import io.carillon.edge.carrier.EdgeSettings;
import io.carillon.edge.carrier.FramingEncoder;
import io.carillon.edge.carrier.Lanes;
import io.carillon.edge.protocol.ClientProtocol.Greeting;
import io.carillon.edge.protocol.Dialect;
import io.netty.buffer.PooledByteBufAllocator;

/** What all WebSockets of the process share, and where new ones come from. Thread-safe. */
public final class WebSocketCarriers {
  private final Lanes lanes;
  private final EdgeSettings settings;
  private final FramingEncoder.Registry texts =
      new FramingEncoder.Registry(WebSocketFraming.TEXT, PooledByteBufAllocator.DEFAULT);
  private final FramingEncoder.Registry binaries =
      new FramingEncoder.Registry(WebSocketFraming.BINARY, PooledByteBufAllocator.DEFAULT);

  public WebSocketCarriers(Lanes lanes, EdgeSettings settings) {
    this.lanes = lanes;
    this.settings = settings;
  }

  /** The handler for a connection whose opening handshake has been answered. */
  public WebSocketCarrier carrier(Greeting greeting) {
    return new WebSocketCarrier(this, greeting);
  }

  Lanes lanes() {
    return lanes;
  }

  EdgeSettings settings() {
    return settings;
  }

  /** The one encoder of the dialect. */
  FramingEncoder encoder(Dialect dialect) {
    return (dialect.isBinary() ? binaries : texts).of(dialect);
  }
}
