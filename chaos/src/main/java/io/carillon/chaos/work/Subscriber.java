package io.carillon.chaos.work;

import io.carillon.chaos.check.Heard;
import io.carillon.chaos.check.Journal;
import io.carillon.client.Carillon;
import io.carillon.client.Channel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A client of the library that listens on all channels, is present in the room, and writes down
 * what it is told. The journals are the library's listeners' alone.
 */
final class Subscriber implements AutoCloseable {
  private final String name;
  private final Carillon client;

  Subscriber(String name, String url) {
    this.name = name;
    this.client =
        Carillon.connect(
            url, options -> options.token(request -> Access.token(name)).httpClient(Access.http()));
  }

  String name() {
    return name;
  }

  /** Waits until it is subscribed to all and present. */
  void begin(List<String> channels, String room, Notebook notebook, Duration patience)
      throws Exception {
    List<CompletableFuture<Void>> ready = new ArrayList<>();
    for (String channel : channels) {
      ready.add(listen(channel, notebook));
    }
    ready.add(client.channel(room).presence().enterAsync(Map.of("name", name)));
    CompletableFuture.allOf(ready.toArray(CompletableFuture[]::new))
        .get(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  private CompletableFuture<Void> listen(String name, Notebook notebook) {
    Journal journal = notebook.journal(this.name, name);
    Channel<Object> channel = client.channel(name);
    channel.onGap(
        gap ->
            journal.add(new Heard.Missed(gap.from(), gap.to(), gap.reason(), System.nanoTime())));
    return channel
        .onMessage(
            message ->
                journal.add(
                    new Heard.Delivered(
                        message.position(), message.id().orElse("(none)"), System.nanoTime())))
        .ready();
  }

  @Override
  public void close() {
    client.close();
  }
}
