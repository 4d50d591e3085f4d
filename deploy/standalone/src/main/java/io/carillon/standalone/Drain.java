package io.carillon.standalone;

import io.carillon.core.Node;
import io.carillon.core.config.CarillonConfig;
import io.micronaut.runtime.graceful.GracefulShutdownCapable;
import io.micronaut.runtime.server.EmbeddedServer;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way out: says that this process is about to stop, gives load balancers time to notice, takes
 * nothing new, sends the clients elsewhere a few at a time, and lets requests finish. Stateless.
 *
 * @param config how long that may take
 */
record Drain(CarillonConfig.Drain config, Node node, EmbeddedServer server) {
  private static final Logger LOG = LoggerFactory.getLogger(Drain.class);

  /** For what a client or a request may still take when its time has come. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** Returns when connections and requests are gone, or their time is over. */
  void carryOut() throws InterruptedException, ExecutionException {
    node.announceDrain();
    Thread.sleep(config.delay());
    await("connections", node.drain(config.spread()), config.spread().plus(PATIENCE));
    // only now: it would cut the sockets, which are no requests to it
    if (server instanceof GracefulShutdownCapable graceful) {
      await("requests", graceful.shutdownGracefully(), PATIENCE);
    }
  }

  private static void await(String what, CompletionStage<?> gone, Duration patience)
      throws InterruptedException, ExecutionException {
    try {
      gone.toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      LOG.info("some {} were still open after {} s and are cut", what, patience.toSeconds());
    }
  }
}
