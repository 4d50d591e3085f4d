package io.carillon.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A client of a server in memory, whose time the test moves. Confined to the test. */
final class Pair {
  final HandLane lane = new HandLane();
  final FakeServer server = new FakeServer(lane);
  final Carillon client;

  Pair() {
    this(options -> {});
  }

  /** With a token that allows everything, unless the test says otherwise. */
  Pair(Consumer<ClientOptions> more) {
    ClientOptions options = new ClientOptions();
    options.token(request -> "allows everything").lane(lane, Runnable::run);
    more.accept(options);
    client = Carillon.of("https://rt.example.com/", options, lane, server::dial);
  }

  Pair connected() {
    client.connect();
    lane.settle();
    return this;
  }

  Channel<Object> channel() {
    return client.channel("news");
  }

  /** What is heard on the channel {@code news}, as it comes. */
  List<Object> collect() {
    List<Object> seen = new ArrayList<>();
    channel().onMessage(message -> seen.add(String.valueOf(message.data())));
    lane.settle();
    return seen;
  }

  void publish(int... numbers) {
    for (int number : numbers) {
      server.publish("news", "number", number);
    }
    lane.settle();
  }

  String state() {
    return client.state().getClass().getSimpleName();
  }

  /** The kind of error of a future, or what else is with it. */
  static String kindOf(CompletableFuture<?> future) {
    if (!future.isDone()) {
      return "pending";
    }
    return future
        .handle(
            (value, thrown) ->
                thrown == null
                    ? "nothing"
                    : CarillonException.as(thrown, ClientError.PROTOCOL).kind())
        .join();
  }
}
