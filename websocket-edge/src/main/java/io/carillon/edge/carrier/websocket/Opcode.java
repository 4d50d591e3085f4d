package io.carillon.edge.carrier.websocket;

import org.jspecify.annotations.Nullable;

/** What a frame is for (RFC 6455, 5.2). */
enum Opcode {
  CONTINUATION(0x0),
  TEXT(0x1),
  BINARY(0x2),
  CLOSE(0x8),
  PING(0x9),
  PONG(0xA);

  private final int value;

  Opcode(int value) {
    this.value = value;
  }

  /** The opcode with this value, or null for a reserved one. */
  static @Nullable Opcode of(int value) {
    return switch (value) {
      case 0x0 -> CONTINUATION;
      case 0x1 -> TEXT;
      case 0x2 -> BINARY;
      case 0x8 -> CLOSE;
      case 0x9 -> PING;
      case 0xA -> PONG;
      default -> null;
    };
  }

  int value() {
    return value;
  }

  boolean isControl() {
    return value >= 0x8;
  }
}
