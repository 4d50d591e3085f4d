package io.carillon.core.inspect;

import io.carillon.core.model.Client;
import io.carillon.core.model.KeyId;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A program that uses a key: one for all its connections and requests, so that none of them keeps
 * its words. Thread-safe.
 */
public final class KeyUse {
  private final KeyId key;
  private final Client client;
  private final AtomicInteger connections = new AtomicInteger();
  private volatile long lastMillis;

  KeyUse(KeyId key, Client client) {
    this.key = key;
    this.client = client;
  }

  public KeyId key() {
    return key;
  }

  public Client client() {
    return client;
  }

  long lastMillis() {
    return lastMillis;
  }

  boolean isOpen() {
    return connections.get() > 0;
  }

  void touch(long nowMillis) {
    lastMillis = nowMillis;
  }

  void opened() {
    connections.incrementAndGet();
  }

  void closed(long nowMillis) {
    lastMillis = nowMillis;
    connections.decrementAndGet();
  }
}
