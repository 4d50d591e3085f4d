package io.carillon.standalone.cli;

import io.carillon.client.Carillon;
import io.carillon.client.CarillonException;
import io.carillon.client.ClientError;
import io.carillon.client.ConnectionState;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The client library's connection, with what happens to it told to a person. Thread-safe; closing
 * is idempotent, and Ctrl-C does it as well.
 */
final class Client implements AutoCloseable {
  private static final long GOODBYE_MILLIS_MAX = 2_000;

  /** What nobody being there, or somebody else, looks like. */
  private static final Set<String> NOBODY =
      Set.of(
          ClientError.CONNECTION_LOST.slug(),
          ClientError.TIMEOUT.slug(),
          ClientError.PROTOCOL.slug());

  private final Target target;
  private final Console console;
  private final Patience patience;
  private final Carillon carillon;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final Thread onExit =
      Thread.ofPlatform().name("carillon-goodbye").unstarted(this::goodbye);

  /** Set before the first close; what happens then is not news. */
  private volatile boolean closing;

  private volatile Runnable farewell = () -> {};
  private volatile boolean wasConnected;
  private volatile boolean isLost;

  /** What to do while the server has never answered. */
  enum Patience {
    /** Somebody waits for the answer. */
    FAIL,
    /** A worker may be started before its server. */
    WAIT
  }

  private Client(Target target, Identity identity, Console console, Patience patience) {
    this.target = target;
    this.console = console;
    this.patience = patience;
    this.carillon = Carillon.of(target.url().toString(), options -> identity.put(options, target));
  }

  /** Begins to connect; does not wait for it. */
  static Client open(Target target, Identity identity, Console console, Patience patience) {
    Client client = new Client(target, identity, console, patience);
    Runtime.getRuntime().addShutdownHook(client.onExit);
    client.carillon.onState(client::changed);
    client.carillon.onTokenFailure(
        failure -> console.say("no token: " + CommandException.text(failure.error())));
    client.carillon.connect();
    return client;
  }

  Carillon carillon() {
    return carillon;
  }

  /** What is done before the connection ends, also by Ctrl-C. */
  void beforeClose(Runnable goodbye) {
    farewell = goodbye;
  }

  private void changed(ConnectionState state) {
    if (closing) {
      return;
    }
    switch (state) {
      case ConnectionState.Connected connected -> {
        if (isLost) {
          console.say("Connected again");
        }
        wasConnected = true;
        isLost = false;
      }
      case ConnectionState.Waiting waiting -> waiting(waiting);
      case ConnectionState.Failed failed ->
          fail(CommandException.refused(target.url().toString(), failed.reason()));
      case ConnectionState.Idle idle -> {}
      case ConnectionState.Connecting connecting -> {}
      case ConnectionState.Closed closed -> ended.complete(null);
    }
  }

  private void waiting(ConnectionState.Waiting waiting) {
    CarillonException reason = waiting.reason();
    if (!wasConnected && patience == Patience.FAIL) {
      fail(
          NOBODY.contains(reason.kind())
              ? CommandException.noServer(target.url())
              : CommandException.refused(target.url().toString(), reason));
      return;
    }
    if (!isLost || waiting.attempt() % 10 == 0) {
      long millis = Math.max(0, Duration.between(Instant.now(), waiting.retryAt()).toMillis());
      console.say(
          "%s; trying again in %d.%d s"
              .formatted(
                  wasConnected
                      ? "Connection lost: " + Text.printable(String.valueOf(reason.getMessage()))
                      : CommandException.noServer(target.url()).getMessage(),
                  millis / 1_000,
                  millis % 1_000 / 100));
    }
    isLost = true;
  }

  /** Ends the command with this; only the first counts, and nothing that closing brings about. */
  void fail(RuntimeException why) {
    if (!closing) {
      ended.completeExceptionally(why);
    }
  }

  /** Waits until something fails. */
  void awaitEnd() throws InterruptedException {
    await(ended);
  }

  /** Waits for this, or until something fails. */
  <T> T await(CompletableFuture<T> result) throws InterruptedException {
    CompletableFuture<Object> either = CompletableFuture.anyOf(result, ended);
    try {
      either.get();
      return result.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException known) {
        throw known;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private void goodbye() {
    closing = true;
    farewell.run();
    CompletableFuture<Void> closed = new CompletableFuture<>();
    carillon.onState(
        state -> {
          if (state instanceof ConnectionState.Closed) {
            closed.complete(null);
          }
        });
    carillon.close();
    try {
      closed.get(GOODBYE_MILLIS_MAX, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // The connection ends with the process.
    }
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(onExit);
    } catch (IllegalStateException e) {
      // Ctrl-C was faster, and says goodbye.
      return;
    }
    goodbye();
  }
}
