package io.carillon.standalone.cli;

import io.carillon.client.Carillon;
import io.carillon.client.CarillonException;
import io.carillon.client.Channel;
import io.carillon.client.PublishResult;
import io.carillon.standalone.cli.Sequence.Faults;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Publishes to all channels in turn until it is stopped. Run by one thread; answers come on the
 * library's, and what both write is safe for that.
 */
final class LoadPublisher implements Runnable {
  private static final long ANSWERS_SECONDS_MAX = 30;
  private static final long REFUSED_PAUSE_MILLIS = 10;

  private final int index;
  private final LoadPlan plan;
  private final List<Channel<Object>> channels;
  private final LoadCounters counters;
  private final Semaphore window;
  private final AtomicLongArray sent;
  private final List<Set<Long>> refused;
  private final String padding;
  private volatile boolean stopped;

  LoadPublisher(
      int index, LoadPlan plan, Carillon client, List<String> names, LoadCounters counters) {
    this.index = index;
    this.plan = plan;
    this.channels = names.stream().map(client::channel).toList();
    this.counters = counters;
    this.window = new Semaphore(plan.load().window());
    this.sent = new AtomicLongArray(names.size());
    this.refused =
        Stream.generate(ConcurrentHashMap::<Long>newKeySet)
            .limit(names.size())
            .map(set -> (Set<Long>) set)
            .toList();
    this.padding = "x".repeat(plan.load().size());
  }

  /**
   * What a message says.
   *
   * @param stream which publisher and channel
   * @param number of the message in its stream, from 0
   * @param nanos when it was sent
   */
  record Note(int stream, long number, long nanos) {
    static Note of(String text) {
      String[] parts = text.split(" ", 4);
      return new Note(
          Integer.parseInt(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]));
    }

    String text(String padding) {
      String head = stream + " " + number + " " + nanos + " ";
      return head + padding.substring(Math.min(padding.length(), head.length()));
    }
  }

  @Override
  public void run() {
    long begun = System.nanoTime();
    double perSecond = (double) plan.load().rate() / plan.publishers();
    try {
      for (long i = 0; !stopped; i++) {
        if (perSecond > 0) {
          long due = begun + (long) (i / perSecond * 1e9) - System.nanoTime();
          if (due > 0) {
            TimeUnit.NANOSECONDS.sleep(due);
          }
        }
        window.acquire();
        publish((int) (i % channels.size()));
      }
      if (!window.tryAcquire(plan.load().window(), ANSWERS_SECONDS_MAX, TimeUnit.SECONDS)) {
        counters.refused("no-answer");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void stop() {
    stopped = true;
  }

  private void publish(int channel) throws InterruptedException {
    long number = sent.getAndIncrement(channel);
    long now = System.nanoTime();
    Note note = new Note(index * channels.size() + channel, number, now);
    // until the answer says that it must arrive, it may be missing
    refused.get(channel).add(number);
    channels
        .get(channel)
        .publishAsync("load", note.text(padding))
        .whenComplete((result, thrown) -> answered(channel, note, result, thrown));
    if (counters.isRefusing()) {
      TimeUnit.MILLISECONDS.sleep(REFUSED_PAUSE_MILLIS);
    }
  }

  private void answered(
      int channel, Note note, @Nullable PublishResult result, @Nullable Throwable thrown) {
    if (result != null) {
      refused.get(channel).remove(note.number());
      counters.acked(System.nanoTime() - note.nanos());
    } else {
      Throwable cause =
          thrown instanceof CompletionException && thrown.getCause() != null
              ? thrown.getCause()
              : thrown;
      counters.refused(
          cause instanceof CarillonException error ? error.kind() : String.valueOf(cause));
    }
    window.release();
  }

  Faults faults(List<Sequence> heard) {
    Faults faults = Faults.NONE;
    for (int channel = 0; channel < channels.size(); channel++) {
      Sequence sequence = heard.get(index * channels.size() + channel);
      faults = faults.plus(sequence.faults(sent.get(channel), refused.get(channel)));
    }
    return faults;
  }
}
