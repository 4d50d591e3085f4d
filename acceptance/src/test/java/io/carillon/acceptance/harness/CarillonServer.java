package io.carillon.acceptance.harness;

import java.net.URI;

/** A started server. Thread-safe. */
public interface CarillonServer extends AutoCloseable {
  /** Where it listens, without a path. */
  URI url();

  /** Asks it to stop, and answers when it has. */
  @Override
  void close();
}
