package io.carillon.edge.carrier.websocket;

/** What was agreed on for the messages of one connection. */
public enum Compression {
  NONE,
  /** RFC 7692, each message for itself in both directions (no context takeover). */
  DEFLATE
}
