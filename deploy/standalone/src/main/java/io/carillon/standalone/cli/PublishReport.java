package io.carillon.standalone.cli;

import io.carillon.client.CarillonException;
import io.carillon.client.PublishResult;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What became of what was published, as it is told. Confined to one thread. */
final class PublishReport {
  private static final int FAILURES_TOLD_MAX = 5;
  private static final long LIVE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long PLAIN_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Console console;
  private final String channel;
  private final String event;
  private final int count;
  private final boolean json;
  private final long begun = System.nanoTime();
  private long told = begun;
  private int taken;
  private int duplicates;
  private int failed;
  private @Nullable PublishResult first;
  private @Nullable PublishResult last;

  PublishReport(Console console, String channel, String event, int count, boolean json) {
    this.console = console;
    this.channel = channel;
    this.event = event;
    this.count = count;
    this.json = json;
  }

  boolean isEmpty() {
    return taken + failed == 0;
  }

  void taken(PublishResult result) {
    taken++;
    duplicates += result.duplicate() ? 1 : 0;
    first = first == null ? result : first;
    last = result;
    if (json) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("type", "published");
      fields.put("channel", channel);
      fields.put("event", event);
      fields.put("position", result.position().toString());
      fields.put("id", result.id());
      fields.put("duplicate", result.duplicate());
      print(Json.write(fields));
    }
    tell();
  }

  void failed(CarillonException error) {
    failed++;
    if (failed <= FAILURES_TOLD_MAX) {
      console.say("Not published to " + channel + ": " + CommandException.text(error));
    }
    tell();
  }

  private void tell() {
    long now = System.nanoTime();
    if (count > 1 && now - told > (console.isLive() ? LIVE_NANOS : PLAIN_NANOS)) {
      told = now;
      console.progress(
          String.format(Locale.ROOT, "Published %,d of %,d, %,d/s", taken, count, perSecond(now)));
    }
  }

  private long perSecond(long now) {
    return Math.round(taken / Math.max(1e-9, (now - begun) * 1e-9));
  }

  /**
   * Tells the end.
   *
   * @throws CommandException when not all was taken
   */
  void end() {
    PublishResult one = last;
    PublishResult start = first;
    if (one != null && start != null && !json) {
      print(count == 1 ? single(one) : summary(start, one));
    }
    if (failed > 0) {
      throw CommandException.failed(
          String.format(Locale.ROOT, "%,d of %,d were not published", failed, count));
    }
  }

  private String single(PublishResult result) {
    return "Published %s to %s at %s%s"
        .formatted(
            Text.printable(event),
            channel,
            result.position(),
            result.duplicate() ? "; it had been there already, and nobody got it twice" : "");
  }

  private String summary(PublishResult start, PublishResult end) {
    long now = System.nanoTime();
    return String.format(
        Locale.ROOT,
        "Published %,d to %s from %s to %s in %.1f s, %,d/s; %,d had been there already",
        taken,
        channel,
        start.position(),
        end.position(),
        (now - begun) * 1e-9,
        perSecond(now),
        duplicates);
  }

  private void print(String line) {
    if (!console.print(line)) {
      throw new OutputClosed();
    }
  }
}
