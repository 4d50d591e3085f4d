package io.carillon.chaos;

import io.carillon.chaos.check.Violation.Promise;
import io.carillon.chaos.cluster.Cluster;
import io.carillon.chaos.cluster.NodeProcess;
import io.carillon.chaos.cluster.RedisServer;
import io.carillon.chaos.cluster.Waiting;
import io.carillon.chaos.work.SlowReader;
import io.carillon.chaos.work.Storm;
import io.carillon.chaos.work.Workload;
import java.time.Duration;

/**
 * Where a fault is carried out. Confined to the suite's thread.
 *
 * @param victim the edge that is harmed, where an edge is
 * @param stormClients how many make a storm
 */
record Stage(Cluster cluster, Workload workload, int victim, int stormClients) {
  private static final Duration EDGE_PAUSE = Duration.ofSeconds(8);
  private static final Duration REDIS_PAUSE = Duration.ofSeconds(6);
  private static final Duration DOWN = Duration.ofSeconds(1);
  private static final Duration STORM_MAX = Duration.ofSeconds(60);
  private static final Duration STORM_BACK_MAX = Duration.ofSeconds(30);
  private static final int CUTS = 3;

  NodeProcess edge() {
    return cluster.edges().get(victim);
  }

  /**
   * Returns when all is as it was before.
   *
   * @return the moment from which on messages have to flow again, by the suite's clock: that of the
   *     kill where another node is there to go on
   */
  long carryOut(Fault fault) throws Exception {
    return switch (fault) {
      case NONE -> now();
      case EDGE_KILL -> killed(edge());
      case API_KILL -> killed(cluster.apis().get(victim));
      case EDGE_PAUSE -> edgePause();
      case REDIS_PAUSE -> redisPause();
      case REDIS_FLUSH -> flush();
      case REDIS_RESTART -> redisBack(RedisServer::stop);
      case REDIS_KILL -> redisBack(RedisServer::kill);
      case POSTGRES_RESTART -> postgres();
      case BUS_CUT -> busCut();
      case FULL_OUTBOX -> flood();
      case RECONNECT_STORM -> storm();
      case ROLLING_RESTART -> roll();
    };
  }

  private static long now() {
    return System.nanoTime();
  }

  private static long killed(NodeProcess node) {
    node.kill();
    long healed = now();
    Waiting.pass(DOWN);
    node.startAgain();
    return healed;
  }

  private long edgePause() {
    edge().pause();
    Waiting.pass(EDGE_PAUSE);
    edge().resume();
    return now();
  }

  private long redisPause() {
    cluster.redis().pause();
    Waiting.pass(REDIS_PAUSE);
    cluster.redis().resume();
    return now();
  }

  private long flush() {
    expect(cluster.redis().command("FLUSHALL"), "+OK");
    return now();
  }

  private static void expect(String answer, String expected) {
    if (!answer.startsWith(expected)) {
      throw new IllegalStateException("Redis answers " + answer + " (expected: " + expected + ")");
    }
  }

  private long redisBack(java.util.function.Consumer<RedisServer> end) {
    end.accept(cluster.redis());
    Waiting.pass(DOWN);
    cluster.redis().startAgain();
    return now();
  }

  private long postgres() {
    cluster.postgres().crash();
    Waiting.pass(DOWN);
    cluster.postgres().startAgain();
    return now();
  }

  private long busCut() {
    for (int i = 0; i < CUTS; i++) {
      expect(cluster.redis().command("CLIENT KILL TYPE pubsub"), ":");
      expect(cluster.redis().command("CLIENT KILL TYPE normal"), ":");
      Waiting.pass(DOWN);
    }
    return now();
  }

  private long flood() throws Exception {
    try (SlowReader reader = new SlowReader(cluster, workload)) {
      reader.check(reader.flood());
    }
    return now();
  }

  private long storm() throws Exception {
    try (Storm storm = new Storm(cluster, workload)) {
      if (!storm.gather(stormClients, STORM_MAX)) {
        throw new IllegalStateException(
            "only " + storm.live() + " of " + stormClients + " clients connected in " + STORM_MAX);
      }
      storm.cut();
      long cut = now();
      Waiting.pass(DOWN);
      if (!storm.awaitLive(STORM_BACK_MAX)) {
        violate(stormClients - storm.live() + " clients were not back within " + STORM_BACK_MAX);
      }
      workload.awaitFlow(now(), STORM_BACK_MAX);
      workload.stopPublishing();
      storm.check(STORM_BACK_MAX);
      return cut;
    }
  }

  private void violate(String detail) {
    workload.notebook().violate(Promise.RECOVERS, detail);
  }

  private long roll() {
    for (NodeProcess node : cluster.nodes()) {
      node.stop();
      node.startAgain();
      // as a deployment does, which waits until a node has taken its share
      Waiting.pass(DOWN);
    }
    return now();
  }
}
