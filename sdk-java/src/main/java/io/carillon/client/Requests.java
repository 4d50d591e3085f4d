package io.carillon.client;

import io.carillon.client.internal.Lane;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What was asked and is sent again on the next connection, in its order, until it is settled: each
 * exactly once, within its time. Confined to the lane, but for what says otherwise.
 */
final class Requests {
  private final Core core;
  private final Map<Long, Request> open = new LinkedHashMap<>();

  /** Also those that are on their way to the lane. */
  private final AtomicInteger count = new AtomicInteger();

  /** Something that was asked. Immutable. */
  private static final class Request {
    final String frame;
    final CompletableFuture<Frame> answer;

    Request(String frame, CompletableFuture<Frame> answer) {
      this.frame = frame;
      this.answer = answer;
    }
  }

  Requests(Core core) {
    this.core = core;
  }

  /**
   * The answer to a frame; any thread may ask. The future is completed on the lane.
   *
   * @param frame without a number, which it gets here
   * @param timeoutMillis in which the future is completed
   */
  CompletableFuture<Frame> ask(FrameText frame, long timeoutMillis) {
    CompletableFuture<Frame> answer = new CompletableFuture<>();
    if (count.incrementAndGet() > core.settings().queueLimit) {
      count.decrementAndGet();
      answer.completeExceptionally(
          CarillonException.of(ClientError.QUEUE_FULL, core.settings().queueLimit + " requests"));
      return answer;
    }
    core.lane().execute(() -> begin(frame, answer, timeoutMillis));
    return answer;
  }

  private void begin(FrameText frame, CompletableFuture<Frame> answer, long timeoutMillis) {
    long number = core.nextNumber();
    Lane.Timer late =
        core.lane()
            .schedule(
                timeoutMillis,
                () ->
                    answer.completeExceptionally(
                        CarillonException.of(ClientError.TIMEOUT, timeoutMillis + " ms")));
    answer.whenComplete(
        (reply, thrown) -> {
          count.decrementAndGet();
          open.remove(number);
          late.cancel();
        });
    CarillonException dead = core.dead();
    if (answer.isDone() || dead != null) {
      answer.completeExceptionally(
          dead == null ? CarillonException.of(ClientError.ABORTED, "") : dead);
      return;
    }
    String text = frame.with("i", number).text();
    open.put(number, new Request(text, answer));
    if (core.connection().state instanceof ConnectionState.Connected) {
      core.connection().send(text);
    } else {
      core.need();
    }
  }

  void resend() {
    open.values().forEach(request -> core.connection().send(request.frame));
  }

  void answered(long number, Frame reply) {
    Request request = open.get(number);
    if (request == null) {
      return;
    }
    if (reply.type().equals("err")) {
      request.answer.completeExceptionally(core.problem(reply));
    } else {
      request.answer.complete(reply);
    }
  }

  /** Else it would end the next connection too. */
  void giveUpLargest() {
    open.values().stream()
        .max(Comparator.comparingInt(request -> request.frame.length()))
        .ifPresent(
            request ->
                request.answer.completeExceptionally(
                    CarillonException.of(ClientError.TOO_LARGE, "")));
  }

  void fail(CarillonException reason) {
    for (Request request : new ArrayList<>(open.values())) {
      request.answer.completeExceptionally(reason);
    }
  }

  /** The caller gives up; any thread may. */
  void abandon(CompletableFuture<?> answer) {
    core.lane()
        .execute(() -> answer.completeExceptionally(CarillonException.of(ClientError.ABORTED, "")));
  }

  /**
   * Waits for an answer; any thread but the lane's may.
   *
   * @throws CarillonException when it is an error, or the thread is interrupted
   */
  <T> T await(CompletableFuture<T> answer) {
    if (core.lane().isCurrent()) {
      throw new IllegalStateException(
          "blocking call on the client's own thread (expected: a listener executor with threads)");
    }
    core.lane().beforeWait(answer::isDone);
    try {
      return answer.get();
    } catch (InterruptedException interrupted) {
      abandon(answer);
      Thread.currentThread().interrupt();
      throw CarillonException.of(ClientError.ABORTED, "interrupted", interrupted);
    } catch (ExecutionException failed) {
      @Nullable Throwable cause = failed.getCause();
      throw CarillonException.as(cause == null ? failed : cause, ClientError.ABORTED);
    }
  }
}
