package io.carillon.redis;

import io.carillon.core.model.AppId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says every moment that this node is alive, and takes back what dead ones held. Any node may do
 * that; a node that could not reach Redis itself leaves the others in peace for as long as a lease
 * lasts, for they could not either. Confined to its thread.
 */
final class Lease implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Lease.class);

  static final Duration TICK = Duration.ofMillis(1_500);

  /** A dead node is found this long after its last tick, and one tick more. */
  static final Duration LIFE = Duration.ofSeconds(6);

  /** What the script says of this node's own lease. */
  private static final long VALID = 2;

  private static final long UNKNOWN = 0;
  private static final int SWEEPS_MAX = 10_000;

  private final RedisBus bus;
  private final NodeId node;
  private final List<Holdings> holdings;
  private volatile long validSince;
  private volatile boolean valid;
  private volatile boolean kept;
  private boolean known;
  private volatile int nodes = 1;

  Lease(RedisBus bus, NodeId node, List<Holdings> holdings) {
    this.bus = bus;
    this.node = node;
    this.holdings = List.copyOf(holdings);
    node.onFirstUse(this::announce);
  }

  /**
   * What a node holds is found by its applications, so they are told ahead of the first thing that
   * is held: a node that dies a moment later has left nothing that nobody finds.
   */
  private void announce(AppId app) {
    send(Script.USE, List.of(Names.bytes(app.value())))
        .whenComplete(
            (reply, failure) -> {
              if (failure == null) {
                node.unused().remove(app);
              }
            });
  }

  @Override
  public void run() {
    try {
      Object reply = renew(mayClaim());
      kept = true;
      nodes = (int) Replies.number(reply, 2);
      noteLife(Replies.number(reply, 0));
      register();
      holdings.forEach(Holdings::retell);
      for (Object dead : Replies.list(reply, 1)) {
        bury(Names.text((byte[]) dead));
      }
    } catch (CompletionException | RedisUnavailableException e) {
      valid = false;
      kept = false;
      LOG.debug("The lease cannot be kept now", e);
    }
  }

  /** Whether this node was in touch with Redis for long enough to say who was not. */
  boolean mayClaim() {
    return valid && System.nanoTime() - validSince > LIFE.toNanos();
  }

  /** Whether the last tick found Redis. */
  boolean isKept() {
    return kept;
  }

  /** How many nodes there were at the last tick that found Redis, this one too; 1 at least. */
  int nodes() {
    return nodes;
  }

  private Object renew(boolean mayClaim) {
    return ask(
        Script.LEASE,
        List.of(
            Names.bytes(node.id()), Names.bytes(LIFE.toMillis()), Names.bytes(mayClaim ? 1 : 0)));
  }

  private void noteLife(long state) {
    if (state == VALID) {
      if (!valid) {
        valid = true;
        validSince = System.nanoTime();
      }
      return;
    }
    valid = false;
    if (state == UNKNOWN) {
      if (known) {
        LOG.warn("Redis does not know this node any more; it is told everything again");
        node.renew();
        renew(false);
        holdings.forEach(Holdings::retellAll);
      }
      known = true;
    }
  }

  /** Tells again of applications that could not be announced. */
  private void register() {
    for (AppId app : List.copyOf(node.unused())) {
      ask(Script.USE, List.of(Names.bytes(app.value())));
      node.unused().remove(app);
    }
  }

  private void bury(String dead) {
    LOG.info("Node {} is gone; what it held is taken back", dead);
    List<AppId> apps = new ArrayList<>();
    for (Object app : (List<?>) ask(Script.USED, List.of())) {
      apps.add(new AppId(Names.text((byte[]) app)));
    }
    for (AppId app : apps) {
      for (Holdings held : holdings) {
        long left = 1;
        for (int i = 0; i < SWEEPS_MAX && left > 0; i++) {
          left = held.sweep(app, dead).toCompletableFuture().join();
        }
      }
    }
    ask(Script.BURY, List.of(Names.bytes(dead)));
  }

  /** Leaves at once, so that nobody has to wait for the lease to end. */
  void end() {
    try {
      ask(Script.LEASE, List.of(Names.bytes(node.id()), Names.bytes(-1), Names.bytes(0)));
    } catch (CompletionException | RedisUnavailableException e) {
      LOG.debug("The lease ends by itself", e);
    }
  }

  private Object ask(Script script, List<byte[]> arguments) {
    return send(script, arguments).toCompletableFuture().join();
  }

  private CompletionStage<Object> send(Script script, List<byte[]> arguments) {
    Names names = bus.names();
    List<byte[]> keys = List.of(names.ofAll("nodes"), names.ofAll("dead"), names.ofAll("apps"));
    return bus.write(
        new Request.Call(
            script,
            Names.slotOf(keys),
            keys,
            new Request.Arguments(arguments, List.of()),
            null,
            true));
  }
}
