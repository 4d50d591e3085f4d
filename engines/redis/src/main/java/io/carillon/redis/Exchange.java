package io.carillon.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisAskDataException;
import redis.clients.jedis.exceptions.JedisBusyException;
import redis.clients.jedis.exceptions.JedisClusterException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisNoScriptException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/**
 * Sends a batch of requests over a connection and reads what becomes of each. Immutable but for its
 * counters; whoever calls it owns the connection and the requests.
 */
final class Exchange {
  /**
   * So many requests of one kind go as one call, so that the server's other users get their turn.
   */
  private static final int CALL_MAX = 64;

  private static final long CALL_BYTES_MAX = 256 << 10;

  private final Epochs epochs;
  private final Dialect dialect;
  private final int replicas;
  private final Traffic traffic = new Traffic();

  Exchange(Epochs epochs, Dialect dialect, int replicas) {
    this.epochs = epochs;
    this.dialect = dialect;
    this.replicas = replicas;
  }

  Traffic traffic() {
    return traffic;
  }

  /**
   * What is left of a batch.
   *
   * @param moved requests whose keys are elsewhere
   * @param refused whether the server refuses requests in its present state
   */
  record Result(List<Request> moved, boolean refused) {}

  /** Makes the server know all scripts. */
  void load(Wire wire) {
    for (Script script : Script.values()) {
      wire.sendCommand(Command.SCRIPT, "LOAD", script.source());
    }
    for (Object reply : wire.getMany(Script.values().length)) {
      if (reply instanceof JedisDataException refusal) {
        throw new JedisConnectionException("scripts are refused", refusal);
      }
    }
  }

  /** Marks what is answered as done. The rest has to be sent again. */
  Result run(Wire wire, List<Request> requests, Executor answers) {
    List<List<Request>> calls = calls(requests);
    long begun = System.nanoTime();
    for (List<Request> call : calls) {
      send(wire, call);
    }
    if (replicas > 0) {
      wire.sendCommand(
          Command.WAIT, String.valueOf(replicas), String.valueOf(Logins.ATTEMPT_MILLIS / 2));
    }
    wire.push();
    Result result = new Reading(wire, answers).read(calls);
    traffic.answered(requests.size(), System.nanoTime() - begun);
    return result;
  }

  private static List<List<Request>> calls(List<Request> requests) {
    List<List<Request>> calls = new ArrayList<>();
    List<Request> current = new ArrayList<>();
    long bytes = 0;
    for (Request request : requests) {
      if (!current.isEmpty()
          && (bytes + request.bytes > CALL_BYTES_MAX || !fits(current, request))) {
        calls.add(current);
        current = new ArrayList<>();
        bytes = 0;
      }
      current.add(request);
      bytes += request.bytes;
    }
    calls.add(current);
    return calls;
  }

  private static boolean fits(List<Request> call, Request request) {
    Request first = call.getFirst();
    return call.size() < CALL_MAX
        && first.call.kind() != null
        && first.call.kind().equals(request.call.kind())
        && first.call.script() == request.call.script()
        && first.askAt == null
        && request.askAt == null;
  }

  private void send(Wire wire, List<Request> requests) {
    Request first = requests.getFirst();
    if (first.askAt != null) {
      wire.sendCommand(Command.ASKING);
    }
    CommandArguments command =
        new CommandArguments(Command.EVALSHA)
            .add(first.call.script().digest())
            .add(first.call.keys().size());
    first.call.keys().forEach(command::add);
    command.add(wire.life()).add(epochs.highest());
    command.add(dialect.skewMillis()).add(dialect.publish());
    first.call.arguments().fixed().forEach(command::add);
    for (Request request : requests) {
      request.call.arguments().item().forEach(command::add);
      request.sent = true;
    }
    wire.sendCommand(command);
  }

  /** The answers to one batch. */
  private final class Reading {
    private final Wire wire;
    private final Executor answers;
    private final List<Request> moved = new ArrayList<>();
    private final List<Runnable> held = new ArrayList<>();
    private boolean refused;
    private boolean unknown;

    Reading(Wire wire, Executor answers) {
      this.wire = wire;
      this.answers = answers;
    }

    Result read(List<List<Request>> calls) {
      for (List<Request> call : calls) {
        readOne(call);
      }
      if (replicas > 0) {
        awaitReplicas();
      }
      if (unknown) {
        load(wire);
      }
      return new Result(moved, refused);
    }

    private void readOne(List<Request> call) {
      try {
        if (call.getFirst().askAt != null) {
          wire.pull();
        }
        Object reply = Objects.requireNonNull(wire.pull(), "a reply");
        boolean many = call.getFirst().call.kind() != null;
        for (int i = 0; i < call.size(); i++) {
          answer(call.get(i), many ? ((List<?>) reply).get(i) : reply);
        }
      } catch (JedisDataException e) {
        call.forEach(request -> refuse(request, e));
      }
    }

    private void answer(Request request, Object reply) {
      if (replicas > 0) {
        held.add(() -> finish(request, reply));
      } else {
        finish(request, reply);
      }
    }

    private void finish(Request request, Object reply) {
      request.done = true;
      answers.execute(() -> request.answer.complete(reply));
    }

    private void refuse(Request request, JedisDataException refusal) {
      // an error reply says that nothing was done
      request.sent = false;
      switch (refusal) {
        case JedisRedirectionException redirection -> {
          request.askAt =
              redirection instanceof JedisAskDataException ? redirection.getTargetNode() : null;
          moved.add(request);
        }
        case JedisNoScriptException missing -> unknown = true;
        case JedisBusyException busy -> refused = true;
        case JedisClusterException down -> refused = true;
        default -> {
          if (isAboutTheServer(refusal)) {
            refused = true;
          } else {
            request.done = true;
            RedisUnavailableException failure =
                RedisUnavailableException.notDone("Redis refuses: " + refusal.getMessage());
            answers.execute(() -> request.answer.completeExceptionally(failure));
          }
        }
      }
    }

    /** What passes by itself, or is right on another server. */
    private static boolean isAboutTheServer(JedisDataException refusal) {
      String text = String.valueOf(refusal.getMessage());
      return text.startsWith("LOADING")
          || text.startsWith("READONLY")
          || text.startsWith("MASTERDOWN")
          || text.startsWith("TRYAGAIN")
          || text.startsWith("NOREPLICAS");
    }

    /** What is on too few replicas may be lost, and so is not acknowledged. */
    private void awaitReplicas() {
      Object reply = wire.pull();
      boolean enough = reply instanceof Long count && count >= replicas;
      if (!enough) {
        throw new JedisConnectionException(
            "replicas that have it: " + reply + " (expected: " + replicas + ")");
      }
      held.forEach(Runnable::run);
    }
  }
}
