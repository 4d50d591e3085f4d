package io.carillon.redis;

import io.carillon.redis.Topology.Home;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisException;

/** Brings each request to the home of its keys. Thread-safe. */
final class Pipes implements AutoCloseable {
  private final Topology topology;
  private final Exchange exchange;
  private final ConcurrentHashMap<Home, Pipe> pipes = new ConcurrentHashMap<>();
  private volatile boolean closed;

  Pipes(Topology topology, Exchange exchange) {
    this.topology = topology;
    this.exchange = exchange;
  }

  /** What the script answers; fails with {@link RedisUnavailableException}. */
  CompletionStage<Object> ask(Request.Call call) {
    if (closed) {
      return CompletableFuture.failedFuture(
          RedisUnavailableException.notDone("the engine is closed"));
    }
    Request request = new Request(call);
    pipeOf(topology.homeOf(call.slot())).offer(request);
    return request.answer;
  }

  private Pipe pipeOf(Home home) {
    return pipes.computeIfAbsent(
        home,
        at -> {
          Pipe pipe = new Pipe(at, topology, exchange, this::moved);
          if (closed) {
            pipe.close();
          } else {
            pipe.start();
          }
          return pipe;
        });
  }

  /** How many requests wait for the next round trip. */
  int waiting() {
    return pipes.values().stream().mapToInt(Pipe::waiting).sum();
  }

  private boolean moved(Request request, Home from) {
    HostAndPort ask = request.askAt;
    if (ask != null && !topology.homeAt(ask).equals(from)) {
      pipeOf(topology.homeAt(ask)).offer(request);
      return true;
    }
    request.askAt = null;
    try {
      topology.refresh();
    } catch (JedisException e) {
      // the next attempt asks again
      return false;
    }
    Home to = topology.homeOf(request.call.slot());
    if (to.equals(from)) {
      return false;
    }
    pipeOf(to).offer(request);
    return true;
  }

  @Override
  public void close() {
    closed = true;
    pipes.values().forEach(Pipe::close);
  }
}
