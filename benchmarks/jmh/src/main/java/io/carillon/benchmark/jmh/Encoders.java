package io.carillon.benchmark.jmh;

import io.carillon.core.auth.Tickets;
import io.carillon.core.engine.Directory;
import io.carillon.core.model.App;
import io.carillon.core.model.AppId;
import io.carillon.core.model.KeyId;
import io.carillon.core.runtime.Ticker;
import io.carillon.core.session.KeepAlive.Timeouts;
import io.carillon.edge.carrier.Framing;
import io.carillon.edge.carrier.FramingEncoder;
import io.carillon.edge.protocol.ClientProtocol;
import io.carillon.edge.protocol.ClientProtocol.Handshake;
import io.carillon.edge.protocol.carillon.CarillonProtocol;
import io.carillon.edge.protocol.pusher.PusherProtocol;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The encoders of the edge's dialects in frames of RFC 6455. Stateless. */
final class Encoders {
  /** Nobody is silent here. */
  private static final Duration SILENCE = Duration.ofSeconds(25);

  private Encoders() {}

  /** Of {@code carillon}, {@code msgpack} or {@code pusher}. */
  static FramingEncoder of(String format) {
    Handshake handshake =
        switch (format) {
          case "pusher" -> new Handshake("/app/key", Map.of("protocol", List.of("7")));
          case "msgpack" -> new Handshake("/v1/realtime", Map.of(), "carillon.v1.msgpack");
          default -> new Handshake("/v1/realtime", Map.of(), "carillon.v1");
        };
    ClientProtocol protocol =
        format.equals("pusher") ? new PusherProtocol(Timeouts.twice(SILENCE)) : carillon();
    return new FramingEncoder.Registry(new ShortFrames(), PooledByteBufAllocator.DEFAULT)
        .of(protocol.greet(handshake).dialect());
  }

  private static ClientProtocol carillon() {
    return new CarillonProtocol(
        token -> {
          throw new UnsupportedOperationException("nobody says hello");
        },
        new Tickets(new NoApps(), Ticker.SYSTEM),
        SILENCE);
  }

  /** Nobody says who they are. */
  private static final class NoApps implements Directory {
    @Override
    public @Nullable App app(AppId id) {
      return null;
    }

    @Override
    public @Nullable App appOfKey(KeyId id) {
      return null;
    }

    @Override
    public void onChange(Consumer<AppId> listener) {}
  }

  /** Frames with messages of up to 64 kB. */
  private static final class ShortFrames implements Framing {
    private static final int HEADER_MAX = 4;

    @Override
    public void frame(byte[] message, ByteBuf out) {
      out.writeByte(0x81);
      if (message.length < 126) {
        out.writeByte(message.length);
      } else {
        out.writeByte(126);
        out.writeShort(message.length);
      }
      out.writeBytes(message);
    }

    @Override
    public int frameBytes(byte[] message) {
      return HEADER_MAX + message.length;
    }
  }
}
