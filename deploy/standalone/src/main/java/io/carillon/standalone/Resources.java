package io.carillon.standalone;

import io.carillon.standalone.files.StartException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was started, to be stopped in the opposite order. Thread-safe: a signal may stop a process
 * that still starts; what comes too late is stopped at once.
 */
final class Resources implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Resources.class);

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private boolean closed;

  /** Takes the duty to close the resource. */
  synchronized <T extends AutoCloseable> T add(T resource) {
    open.push(resource);
    if (closed) {
      close();
      throw new StartException("stopped while starting");
    }
    return resource;
  }

  /** Whether there is anything to stop. */
  synchronized boolean isEmpty() {
    return open.isEmpty();
  }

  @Override
  public synchronized void close() {
    closed = true;
    while (!open.isEmpty()) {
      AutoCloseable resource = open.pop();
      try {
        resource.close();
      } catch (Exception e) {
        LOG.warn("{} did not stop cleanly", resource, e);
      }
    }
  }
}
