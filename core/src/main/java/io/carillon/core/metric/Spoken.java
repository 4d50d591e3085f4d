package io.carillon.core.metric;

import io.carillon.core.model.Client.Protocol;
import org.jspecify.annotations.Nullable;

/** A way of speaking to clients as two labels. Immutable. */
record Spoken(String name, String transport) {
  /** Null for what has no connections. */
  static @Nullable Spoken of(Protocol protocol) {
    return switch (protocol) {
      case PUSHER -> new Spoken("pusher", "websocket");
      case PUSHER_HTTP -> new Spoken("pusher", "http");
      case CARILLON -> new Spoken("carillon", "websocket");
      case SSE -> new Spoken("carillon", "sse");
      case POLL -> new Spoken("carillon", "poll");
      case REST -> null;
    };
  }
}
