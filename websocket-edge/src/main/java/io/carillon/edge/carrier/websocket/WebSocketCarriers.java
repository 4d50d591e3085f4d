package io.carillon.edge.carrier.websocket;

import io.carillon.core.session.Arrival;
import io.carillon.edge.carrier.EdgeSettings;
import io.carillon.edge.carrier.FramingEncoder;
import io.carillon.edge.carrier.Lanes;
import io.carillon.edge.protocol.ClientProtocol.Greeting;
import io.carillon.edge.protocol.Dialect;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** What all WebSockets of the process share, and where new ones come from. Thread-safe. */
public final class WebSocketCarriers {
  private final Lanes lanes;
  private final EdgeSettings settings;
  private final Map<WebSocketFraming, FramingEncoder.Registry> encoders =
      new EnumMap<>(WebSocketFraming.class);

  public WebSocketCarriers(Lanes lanes, EdgeSettings settings) {
    this.lanes = lanes;
    this.settings = settings;
    for (WebSocketFraming framing : WebSocketFraming.values()) {
      encoders.put(framing, new FramingEncoder.Registry(framing, PooledByteBufAllocator.DEFAULT));
    }
  }

  /** The handler for a connection whose opening handshake has been answered. */
  public WebSocketCarrier carrier(Greeting greeting, Compression compression, Arrival by) {
    return new WebSocketCarrier(this, greeting, compression, by);
  }

  Lanes lanes() {
    return lanes;
  }

  EdgeSettings settings() {
    return settings;
  }

  /** The one encoder of the dialect and framing, by which subscribers share frames. */
  FramingEncoder encoder(Dialect dialect, WebSocketFraming framing) {
    return Objects.requireNonNull(encoders.get(framing)).of(dialect);
  }
}
