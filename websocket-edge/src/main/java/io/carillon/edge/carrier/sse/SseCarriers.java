package io.carillon.edge.carrier.sse;

import io.carillon.core.session.Arrival;
import io.carillon.edge.carrier.EdgeSettings;
import io.carillon.edge.carrier.FramingEncoder;
import io.carillon.edge.carrier.Lanes;
import io.carillon.edge.protocol.ClientProtocol.Greeting;
import io.carillon.edge.protocol.carillon.CarillonHttp;
import io.carillon.edge.protocol.carillon.Wishes.Wish;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What all streams of the process share, where new ones come from, and which of them a client means
 * that sends beside its stream. Thread-safe.
 */
public final class SseCarriers {
  private final Lanes lanes;
  private final EdgeSettings settings;
  private final CarillonHttp http;
  private final FramingEncoder.Registry chunked =
      new FramingEncoder.Registry(SseFraming.CHUNKED, PooledByteBufAllocator.DEFAULT);
  private final FramingEncoder.Registry bare =
      new FramingEncoder.Registry(SseFraming.BARE, PooledByteBufAllocator.DEFAULT);
  private final ConcurrentHashMap<String, SseCarrier> sessions = new ConcurrentHashMap<>();

  public SseCarriers(Lanes lanes, EdgeSettings settings, CarillonHttp http) {
    this.lanes = lanes;
    this.settings = settings;
    this.http = http;
  }

  /**
   * The handler for a connection whose request has been answered with the head of a stream.
   *
   * @param chunks whether the response is chunked
   */
  public SseCarrier carrier(Asked asked, boolean chunks) {
    return new SseCarrier(this, asked, chunks ? SseFraming.CHUNKED : SseFraming.BARE);
  }

  /** What a client's request says. */
  public record Asked(Greeting.Welcome greeting, List<Wish> wishes, Arrival by) {}

  @Nullable SseCarrier find(String session) {
    return sessions.get(session);
  }

  /** Makes the stream known by the secret of its session. */
  void register(String session, SseCarrier carrier) {
    sessions.put(session, carrier);
  }

  void forget(String session, SseCarrier carrier) {
    sessions.remove(session, carrier);
  }

  Lanes lanes() {
    return lanes;
  }

  EdgeSettings settings() {
    return settings;
  }

  CarillonHttp http() {
    return http;
  }

  FramingEncoder.Registry encoders(SseFraming framing) {
    return framing == SseFraming.CHUNKED ? chunked : bare;
  }
}
