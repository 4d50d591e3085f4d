package io.carillon.standalone.wiring;

import io.carillon.core.runtime.ThreadLane;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads on which webhooks block. Immutable; {@link #close} ends them. */
record WebhookThreads(ExecutorService calls, ThreadLane intake, ThreadLane delivery)
    implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WebhookThreads.class);

  /** A call that takes longer is made again by another process, when its lease is over. */
  private static final long CALLS_END_WITHIN_SECONDS = 3;

  @Override
  public void close() {
    delivery.close();
    calls.shutdown();
    try {
      if (!calls.awaitTermination(CALLS_END_WITHIN_SECONDS, TimeUnit.SECONDS)) {
        LOG.info("Calls of webhooks are cut off, and are made again");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    intake.close();
  }
}
