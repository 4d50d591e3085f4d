package io.carillon.standalone.wiring;

import io.carillon.core.runtime.ThreadLane;
import java.util.concurrent.ExecutorService;

/** The threads on which webhooks block. Immutable; {@link #close} ends them. */
record WebhookThreads(ExecutorService calls, ThreadLane intake, ThreadLane delivery)
    implements AutoCloseable {
  @Override
  public void close() {
    delivery.close();
    calls.shutdownNow();
    intake.close();
  }
}
