package io.carillon.client;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A channel's signals: section 11 of the protocol. Confined to the lane, but for the list of
 * listeners and {@link #send}, which any thread may use.
 */
final class SignalCore {
  /** Of signals with one name and key only the newest of this time is sent. */
  private static final long PAUSE_MILLIS = 40;

  /** More names and keys than these do not wait. */
  private static final int WAITING_MAX = 100;

  final List<Named<Signal>> listeners = new CopyOnWriteArrayList<>();

  private final Core core;
  private final String channel;
  private final Delivery delivery;
  private final Map<String, String> waiting = new LinkedHashMap<>();
  private boolean pausing;

  SignalCore(Core core, String channel) {
    this.core = core;
    this.channel = channel;
    Settings settings = core.settings();
    this.delivery = new Delivery(settings.listeners, settings.buffer, () -> {});
  }

  void send(String name, @Nullable Object data, @Nullable String key) {
    String item = FrameText.object("n", name).withData(data).withIf("k", key).text();
    core.lane().execute(() -> keep(name + "\n" + key, item));
  }

  private void keep(String place, String item) {
    boolean connected = core.connection().state instanceof ConnectionState.Connected;
    if (connected && (waiting.size() < WAITING_MAX || waiting.containsKey(place))) {
      waiting.put(place, item);
      if (!pausing) {
        flush();
      }
    }
  }

  private void flush() {
    pausing = !waiting.isEmpty();
    if (!pausing) {
      return;
    }
    if (core.connection().isSpeaking()) {
      String items = "[" + String.join(",", waiting.values()) + "]";
      core.connection().send(FrameText.of("eph").with("ch", channel).withJson("m", items).text());
    }
    waiting.clear();
    core.lane().schedule(PAUSE_MILLIS, this::flush);
  }

  /** Those that listeners cannot take in time are left out. */
  void received(Frame frame) {
    for (Frame item : frame.objects("m")) {
      if (!listeners.isEmpty() && delivery.hasRoom()) {
        Signal signal =
            new Signal(
                item.text("n", ""),
                item.data(),
                Optional.ofNullable(item.text("k")),
                item.text("member", ""),
                Optional.ofNullable(item.text("by")));
        delivery.put(() -> tell(signal));
      }
    }
  }

  private void tell(Signal signal) {
    for (Named<Signal> each : listeners) {
      each.tell(signal.name(), signal);
    }
  }
}
