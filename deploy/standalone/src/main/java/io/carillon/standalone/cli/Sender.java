package io.carillon.standalone.cli;

import io.carillon.client.BatchResult;
import io.carillon.client.CarillonException;
import io.carillon.client.CarillonServer;
import io.carillon.client.Channel;
import io.carillon.client.Outgoing;
import io.carillon.client.PublishResult;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Publishes messages to a channel, in their order, and answers what became of each. */
interface Sender extends AutoCloseable {
  List<BatchResult> send(List<Outgoing> batch) throws InterruptedException;

  @Override
  void close();

  /** As a backend where a secret is known, over HTTP; else as a client, over a socket. */
  static Sender open(Target target, Identity identity, Console console, String channel) {
    if (target.access() instanceof Target.Access.Backend backend) {
      return new OfBackend(target, identity.server(target, backend));
    }
    Client client = Client.open(target, identity, console, Client.Patience.FAIL);
    return new OfClient(client, client.carillon().channel(channel));
  }

  /** Thread-safe. */
  record OfBackend(Target target, CarillonServer server) implements Sender {
    @Override
    public List<BatchResult> send(List<Outgoing> batch) throws InterruptedException {
      try {
        return server.publishAll(batch);
      } catch (CarillonException e) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        if (isNobody(e)) {
          throw CommandException.noServer(target.url());
        }
        return batch.stream().map(each -> failed(e)).toList();
      }
    }

    private static boolean isNobody(Throwable thrown) {
      for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
        if (cause instanceof ConnectException) {
          return true;
        }
      }
      return false;
    }

    @Override
    public void close() {}
  }

  /** Thread-safe. */
  record OfClient(Client client, Channel<Object> channel) implements Sender {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(30);

    @Override
    public List<BatchResult> send(List<Outgoing> batch) throws InterruptedException {
      List<CompletableFuture<BatchResult>> answers = new ArrayList<>();
      for (Outgoing each : batch) {
        answers.add(
            channel
                .publishAsync(each.name(), each.data(), o -> o.id(each.id()).timeout(ANSWER_MAX))
                .handle(OfClient::result));
      }
      List<BatchResult> results = new ArrayList<>();
      for (CompletableFuture<BatchResult> answer : answers) {
        results.add(client.await(answer));
      }
      return results;
    }

    private static BatchResult result(@Nullable PublishResult taken, @Nullable Throwable thrown) {
      Throwable cause =
          thrown instanceof CompletionException wrapped && wrapped.getCause() != null
              ? wrapped.getCause()
              : thrown;
      if (taken != null) {
        return new BatchResult(Optional.of(taken), Optional.empty());
      }
      if (cause instanceof CarillonException error) {
        return failed(error);
      }
      throw new IllegalStateException(cause);
    }

    @Override
    public void close() {
      client.close();
    }
  }

  private static BatchResult failed(CarillonException error) {
    return new BatchResult(Optional.empty(), Optional.of(error));
  }
}
