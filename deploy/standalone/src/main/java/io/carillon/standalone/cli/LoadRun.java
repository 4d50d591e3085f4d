package io.carillon.standalone.cli;

import io.carillon.client.Channel;
import io.carillon.client.Message;
import io.carillon.standalone.cli.Sequence.Faults;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One load: its connections, and what is counted. Run by one thread; what it counts is shared. */
final class LoadRun implements AutoCloseable {
  private static final int QUIET_SECONDS_MAX = 10;

  private final LoadPlan plan;
  private final Console console;
  private final List<String> channels;
  private final List<Client> subscribers = new ArrayList<>();
  private final List<Client> connections = new ArrayList<>();
  private final List<LoadPublisher> publishers = new ArrayList<>();
  private final List<List<Sequence>> heard = new ArrayList<>();
  private final LoadCounters counters = new LoadCounters();
  private final LongAdder gaps = new LongAdder();

  private LoadRun(LoadPlan plan, Console console) {
    this.plan = plan;
    this.console = console;
    String run = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    this.channels =
        IntStream.range(0, plan.channels()).mapToObj(i -> "load-" + run + "-" + i).toList();
  }

  /** Connects all, and waits until all listen. */
  static LoadRun open(LoadPlan plan, Target target, Identity identity, Console console)
      throws InterruptedException {
    LoadRun run = new LoadRun(plan, console);
    try {
      run.connect(target, identity);
      return run;
    } catch (RuntimeException | InterruptedException e) {
      run.close();
      throw e;
    }
  }

  private void connect(Target target, Identity identity) throws InterruptedException {
    console.say(
        "Load on %s: %d subscribers of %d channels, %d publishers, %d bytes"
            .formatted(
                target.url(),
                plan.subscribers(),
                plan.channels(),
                plan.publishers(),
                plan.load().size()));
    for (int i = 0; i < plan.subscribers(); i++) {
      Client client = Client.open(target, identity, console, Client.Patience.FAIL);
      subscribers.add(client);
      List<Sequence> sequences =
          Stream.generate(Sequence::new).limit((long) plan.publishers() * plan.channels()).toList();
      heard.add(sequences);
      listen(client, sequences);
    }
    for (int i = 0; i < plan.publishers(); i++) {
      Client client = Client.open(target, identity, console, Client.Patience.FAIL);
      connections.add(client);
      client.await(client.carillon().connect());
      publishers.add(new LoadPublisher(i, plan, client.carillon(), channels, counters));
    }
  }

  private void listen(Client client, List<Sequence> sequences) throws InterruptedException {
    List<CompletableFuture<Void>> ready = new ArrayList<>();
    for (String name : channels) {
      Channel<Object> channel = client.carillon().channel(name);
      channel.onGap(gap -> gaps.increment());
      ready.add(channel.onMessage(message -> arrived(message, sequences)).ready());
    }
    for (CompletableFuture<Void> each : ready) {
      client.await(each);
    }
  }

  private void arrived(Message<Object> message, List<Sequence> sequences) {
    LoadPublisher.Note note = LoadPublisher.Note.of(String.valueOf(message.data()));
    sequences.get(note.stream()).arrived(note.number());
    counters.delivered(System.nanoTime() - note.nanos());
  }

  /** Publishes for the planned time, then waits for what is under way. */
  LoadReport run() throws InterruptedException {
    List<Thread> threads = publishers.stream().map(each -> Thread.ofVirtual().start(each)).toList();
    for (int i = plan.time().warmUp(); i > 0; i--) {
      console.progress("Warming up, " + i + " s");
      TimeUnit.SECONDS.sleep(1);
    }
    counters.begin();
    LoadCounters.Counts before = counters.now();
    for (int second = 1; second <= plan.time().seconds(); second++) {
      TimeUnit.SECONDS.sleep(1);
      LoadCounters.Counts now = counters.now();
      progress(second, before, now);
      before = now;
    }
    LoadCounters.Counts total = counters.end();
    publishers.forEach(LoadPublisher::stop);
    for (Thread thread : threads) {
      thread.join();
    }
    awaitQuiet();
    return new LoadReport(plan, total, counters, faults(), gaps.sum());
  }

  private void progress(int second, LoadCounters.Counts before, LoadCounters.Counts now) {
    console.progress(
        String.format(
            Locale.ROOT,
            "%3d of %d s   acked %,8d/s   delivered %,10d/s   p50 %.1f ms   p99 %.1f ms",
            second,
            plan.time().seconds(),
            now.acked() - before.acked(),
            now.delivered() - before.delivered(),
            counters.deliveries().millis(0.5),
            counters.deliveries().millis(0.99)));
  }

  /** Until all has arrived, or nothing came for a while. */
  private void awaitQuiet() throws InterruptedException {
    console.progress("Waiting for what is under way");
    long seen = -1;
    for (int quiet = 0; quiet < QUIET_SECONDS_MAX * 10 && faults().lost() > 0; quiet++) {
      long now = counters.everDelivered();
      quiet = now == seen ? quiet : 0;
      seen = now;
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private Faults faults() {
    Faults faults = Faults.NONE;
    for (List<Sequence> ofSubscriber : heard) {
      for (LoadPublisher publisher : publishers) {
        faults = faults.plus(publisher.faults(ofSubscriber));
      }
    }
    return faults;
  }

  @Override
  public void close() {
    connections.forEach(Client::close);
    subscribers.forEach(Client::close);
  }
}
