package io.carillon.chaos.work;

import io.carillon.chaos.check.Violation.Promise;
import io.carillon.chaos.cluster.Waiting;
import io.carillon.client.Carillon;
import io.carillon.client.CarillonException;
import io.carillon.client.CarillonServer;
import io.carillon.client.Outgoing;
import io.carillon.client.PublishResult;
import io.carillon.client.Retry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Publishes one message after the other, and sends what was not acknowledged again with its id,
 * until it is. Confined to its thread.
 */
final class Publisher implements Runnable {
  /** A server answers within five seconds, though it may be with an error; the rest is for us. */
  private static final Duration ANSWER_MAX = Duration.ofSeconds(9);

  private static final Duration GIVE_UP = Duration.ofSeconds(40);
  private static final long PAUSE_FIRST_MILLIS = 50;
  private static final long PAUSE_MILLIS_MAX = 1_000;

  /** One of so many acknowledged messages is sent again. */
  private static final int REPEAT_ONE_OF = 40;

  /** One try, at the node that is next. */
  interface Door {
    CompletableFuture<PublishResult> send(String channel, String id, int attempt);
  }

  /**
   * Who publishes what, where.
   *
   * @param pauseMillis from one message to the next, on average
   */
  record Task(String name, List<String> channels, int pauseMillis, Random random) {}

  private final Task task;
  private final Door door;
  private final Notebook notebook;
  private volatile boolean stopping;

  Publisher(Task task, Door door, Notebook notebook) {
    this.task = task;
    this.door = door;
    this.notebook = notebook;
  }

  /** Over HTTP, to any node that answers. */
  static Door rest(List<CarillonServer> servers) {
    return (channel, id, attempt) ->
        servers
            .get(Math.floorMod(id.hashCode() + attempt, servers.size()))
            .publishAsync(channel, Outgoing.of("n", Map.of("id", id)).withId(id));
  }

  /** Over the client library's socket. */
  static Door socket(Carillon client) {
    return (channel, id, attempt) ->
        client.channel(channel).publishAsync("n", Map.of("id", id), options -> options.id(id));
  }

  void stop() {
    stopping = true;
  }

  @Override
  public void run() {
    for (int number = 0; !stopping; number++) {
      String channel = task.channels().get(task.random().nextInt(task.channels().size()));
      String id = channel + "/" + task.name() + "/" + number;
      notebook.begin(id, System.nanoTime());
      if (publish(channel, id, false) && task.random().nextInt(REPEAT_ONE_OF) == 0) {
        publish(channel, id, true);
      }
      Waiting.pass(Duration.ofMillis(task.random().nextInt(2 * task.pauseMillis())));
    }
  }

  private boolean publish(String channel, String id, boolean repeat) {
    long end = System.nanoTime() + GIVE_UP.toNanos();
    long pause = PAUSE_FIRST_MILLIS;
    String why = "";
    for (int attempt = 0; System.nanoTime() - end < 0; attempt++) {
      try {
        PublishResult result =
            door.send(channel, id, attempt).get(ANSWER_MAX.toMillis(), TimeUnit.MILLISECONDS);
        notebook.ack(channel, result, repeat);
        return true;
      } catch (TimeoutException e) {
        why = "no answer within " + ANSWER_MAX;
        notebook.violate(Promise.NO_HANG, id + ": " + why);
      } catch (ExecutionException e) {
        why = String.valueOf(e.getCause());
        if (isFinal(e.getCause())) {
          break;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
      notebook.retry();
      Waiting.pass(Duration.ofMillis(pause / 2 + task.random().nextInt((int) pause)));
      pause = Math.min(2 * pause, PAUSE_MILLIS_MAX);
    }
    notebook.fail(id, why);
    return false;
  }

  private static boolean isFinal(@Nullable Throwable cause) {
    return !(cause instanceof CarillonException refused) || refused.retry() == Retry.NO;
  }
}
