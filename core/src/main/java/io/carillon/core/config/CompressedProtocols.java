package io.carillon.core.config;

/** On which sockets a client that asks for compression gets it. */
public enum CompressedProtocols {
  NONE,
  NATIVE,
  ALL
}
