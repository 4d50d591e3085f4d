package io.carillon.acceptance.harness;

import io.carillon.redis.RedisProcess;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Two servers on one Postgres and on a Redis of their own. Confined to its test. */
public final class TwoNodes implements AutoCloseable {
  private final RedisProcess redis = RedisProcess.start("--appendonly", "yes");
  private final List<ProcessServer> servers = new CopyOnWriteArrayList<>();
  private final Function<Map<String, String>, ProcessServer> starting;
  private final Map<String, String> settings;

  public TwoNodes(Carillon carillon) {
    this(carillon::startAnother, Map.of());
  }

  /** With more settings than those of their place. */
  public TwoNodes(Carillon carillon, Map<String, String> more) {
    this(carillon::startAnother, more);
  }

  /** On a database that no other server works on. */
  public TwoNodes(Installation installation, Map<String, String> more) {
    this(installation::start, more);
  }

  private TwoNodes(
      Function<Map<String, String>, ProcessServer> starting, Map<String, String> more) {
    this.starting = starting;
    Map<String, String> all = new HashMap<>(more);
    all.put("CARILLON_REDIS_URL", "redis://127.0.0.1:" + redis.port() + "/0");
    this.settings = Map.copyOf(all);
    servers.add(starting.apply(settings));
    servers.add(starting.apply(settings));
  }

  public RedisProcess redis() {
    return redis;
  }

  public ProcessServer server(int node) {
    return servers.get(node);
  }

  /** Ends the node without a chance to tidy up, and starts another one in its place. */
  public void killAndReplace(int node) {
    servers.get(node).kill();
    servers.set(node, starting.apply(settings));
  }

  /** Stops the node as a supervisor does, and starts another one at its address. */
  public void restart(int node) {
    int port = servers.get(node).url().getPort();
    servers.get(node).close();
    Map<String, String> again = new HashMap<>(settings);
    again.put("CARILLON_PORT", String.valueOf(port));
    servers.set(node, starting.apply(again));
  }

  /** A new application, as each node's clients and backends see it. */
  public List<TestApp> make(Apps apps) {
    TestApp one = apps.make(servers.get(0));
    TestApp two = new TestApp(servers.get(1).url(), one.id(), one.key(), one.secret());
    Deadline.await("app on the other node", () -> two.rest().get("/channels").status() == 200);
    return List.of(one, two);
  }

  @Override
  public void close() {
    servers.forEach(ProcessServer::close);
    redis.close();
  }
}
