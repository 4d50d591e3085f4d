package io.carillon.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.args.ClientType;
import redis.clients.jedis.params.ClientKillParams;

/** Three masters that the tests start themselves, with a third of the slots each. */
final class RedisCluster implements AutoCloseable {
  private static final int NODES = 3;
  private static final int SLOTS = 16_384;

  private final List<RedisProcess> nodes = new ArrayList<>();

  static RedisCluster start() {
    RedisCluster cluster = new RedisCluster();
    for (int i = 0; i < NODES; i++) {
      cluster.nodes.add(
          RedisProcess.start("--cluster-enabled", "yes", "--cluster-node-timeout", "2000"));
    }
    for (int i = 0; i < NODES; i++) {
      try (Jedis client = cluster.nodes.get(i).client()) {
        client.sendCommand(
            Protocol.Command.CLUSTER,
            "ADDSLOTSRANGE",
            String.valueOf(SLOTS * i / NODES),
            String.valueOf(SLOTS * (i + 1) / NODES - 1));
        client.clusterMeet("127.0.0.1", cluster.nodes.getFirst().port());
      }
    }
    Cases.await("cluster", cluster::isComplete);
    return cluster;
  }

  private boolean isComplete() {
    return nodes.stream()
        .allMatch(
            node -> {
              try (Jedis client = node.client()) {
                String info = client.clusterInfo();
                return info.contains("cluster_state:ok")
                    && info.contains("cluster_known_nodes:" + NODES);
              }
            });
  }

  List<RedisProcess> nodes() {
    return nodes;
  }

  RedisAddress address() {
    return new RedisAddress(
        RedisAddress.Kind.CLUSTER,
        List.of(new HostAndPort("127.0.0.1", nodes.getFirst().port())),
        null,
        RedisAddress.Login.NONE,
        "test-" + UUID.randomUUID(),
        0);
  }

  void cut() {
    for (RedisProcess node : nodes) {
      try (Jedis client = node.client()) {
        client.clientKill(new ClientKillParams().type(ClientType.PUBSUB));
      }
    }
  }

  /** Gives a slot with all its keys to another master. */
  void move(int slot) {
    RedisProcess from = nodes.get(slot * NODES / SLOTS);
    RedisProcess to = nodes.get((nodes.indexOf(from) + 1) % NODES);
    String number = String.valueOf(slot);
    try (Jedis source = from.client();
        Jedis target = to.client()) {
      target.sendCommand(
          Protocol.Command.CLUSTER, "SETSLOT", number, "IMPORTING", source.clusterMyId());
      source.sendCommand(
          Protocol.Command.CLUSTER, "SETSLOT", number, "MIGRATING", target.clusterMyId());
      List<String> keys = source.clusterGetKeysInSlot(slot, 1_000);
      for (String key : keys) {
        source.migrate("127.0.0.1", to.port(), key, 0, 2_000);
      }
      target.sendCommand(Protocol.Command.CLUSTER, "SETSLOT", number, "NODE", target.clusterMyId());
      source.sendCommand(Protocol.Command.CLUSTER, "SETSLOT", number, "NODE", target.clusterMyId());
    }
  }

  @Override
  public void close() {
    nodes.forEach(RedisProcess::close);
  }
}
