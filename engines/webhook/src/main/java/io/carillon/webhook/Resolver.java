package io.carillon.webhook;

import java.io.IOException;
import java.net.InetAddress;

/** Finds the addresses of a host; may block. Thread-safe. */
interface Resolver {
  InetAddress[] addresses(String host) throws IOException;
}
