package io.carillon.core.meter;

import io.carillon.core.engine.AppendCounts;
import io.carillon.core.engine.AppendCounts.Snapshot;
import io.carillon.core.engine.UsageStore;
import io.carillon.core.engine.UsageStore.Retained;
import io.carillon.core.engine.UsageStore.Row;
import io.carillon.core.model.Usage;
import io.carillon.core.model.UsageKey;
import io.carillon.core.runtime.Lane;
import io.carillon.core.runtime.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down what this node has counted, and what the log has counted by itself. A row says all
 * that this process has counted in its minute so far, so that writing it twice, or not knowing
 * whether it was written, does no harm. Confined to its lane, on which it blocks.
 */
public final class UsageWriter {
  private static final Logger LOG = LoggerFactory.getLogger(UsageWriter.class);

  /** A process that is killed loses what it has counted since the last time. */
  public static final Duration INTERVAL = Duration.ofSeconds(5);

  /** How often hours and days are added up. */
  private static final int WRITES_A_ROLL_UP = 6;

  /** More rows do not wait: what is counted stays in the counters, and gets a later minute. */
  static final int ROWS_MAX = 100_000;

  /** A log's minute is over for long, whatever its clock has been set to meanwhile. */
  static final int MINUTES_OPEN = 10;

  private static final int LOG_SECONDS_MAX = 5;

  private final Parts parts;
  private final Map<RowKey, Usage> minutes = new HashMap<>();
  private final Set<RowKey> unwritten = new HashSet<>();
  private int writes;

  /**
   * What it works with.
   *
   * @param counts null when the log does not count by itself
   * @param source this process' life
   */
  public record Parts(
      Meter meter,
      @Nullable AppendCounts counts,
      UsageStore store,
      Retained retained,
      Ticker ticker,
      String source) {}

  private record RowKey(UsageKey account, long minute) {}

  public UsageWriter(Parts parts) {
    this.parts = parts;
  }

  /** Writes again and again on this lane. */
  public void startOn(Lane lane) {
    lane.schedule(
        () -> {
          write();
          startOn(lane);
        },
        INTERVAL);
  }

  /** Writes now; what fails is written the next time. */
  public void write() {
    long now = parts.ticker().epochMillis();
    if (unwritten.size() < ROWS_MAX) {
      count(minuteOf(now - INTERVAL.toMillis() / 2));
    }
    try {
      writeOwn();
      forgetBefore(minuteOf(now) - 1);
      writeLogs();
      if (writes++ % WRITES_A_ROLL_UP == 0) {
        parts.store().rollUp(parts.retained());
      }
    } catch (RuntimeException e) {
      LOG.warn("What was used is written down later: {}", e.toString());
    }
  }

  private static long minuteOf(long millis) {
    return TimeUnit.MILLISECONDS.toMinutes(millis);
  }

  private void count(long minute) {
    parts
        .meter()
        .take()
        .forEach(
            (account, usage) -> {
              RowKey key = new RowKey(account, minute);
              minutes.merge(key, usage, Usage::plus);
              unwritten.add(key);
            });
  }

  private void writeOwn() {
    if (unwritten.isEmpty()) {
      return;
    }
    List<Row> rows = new ArrayList<>(unwritten.size());
    for (RowKey key : unwritten) {
      Usage usage = minutes.getOrDefault(key, Usage.NONE);
      rows.add(new Row(key.account(), key.minute(), parts.source(), usage));
    }
    parts.store().write(rows);
    unwritten.clear();
  }

  /** What is written and over stays the same. */
  private void forgetBefore(long minute) {
    minutes.keySet().removeIf(key -> key.minute() < minute);
  }

  private void writeLogs() {
    AppendCounts counts = parts.counts();
    if (counts == null) {
      return;
    }
    Snapshot snapshot = within(counts);
    parts.store().write(snapshot.rows());
    List<Row> over =
        snapshot.rows().stream()
            .filter(row -> row.minute() < snapshot.minute() - MINUTES_OPEN)
            .toList();
    if (!over.isEmpty()) {
      counts.forget(over);
    }
  }

  private static Snapshot within(AppendCounts counts) {
    return counts.read().toCompletableFuture().orTimeout(LOG_SECONDS_MAX, TimeUnit.SECONDS).join();
  }
}
