package io.carillon.redis;

import io.carillon.core.engine.SignalBus;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.Signal;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;

/** Signals over the feeds of channels. Thread-safe. */
final class RedisSignals implements SignalBus {
  private final RedisBus bus;
  private volatile Consumer<Signal> listener = signal -> {};

  RedisSignals(RedisBus bus) {
    this.bus = bus;
    bus.on(RedisBus.Kind.SIGNAL, this::told);
  }

  @Override
  public void listen(Consumer<Signal> told) {
    this.listener = told;
  }

  /** Sent once and not again, as it may come once at most. */
  @Override
  public void send(Signal signal) {
    List<byte[]> keys = bus.names().log(signal.channel()).subList(0, 1);
    bus.write(
        new Request.Call(
            Script.SIGNAL,
            Names.slotOf(keys),
            keys,
            new Request.Arguments(
                List.of(bus.names().feed(signal.channel()).bytes(), MessageCodec.encode(signal)),
                List.of()),
            null,
            false));
  }

  private void told(ChannelId channel, ByteBuffer message) {
    Signal signal = MessageCodec.signal(channel, message);
    if (signal != null) {
      listener.accept(signal);
    }
  }
}
