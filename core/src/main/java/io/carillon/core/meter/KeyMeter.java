package io.carillon.core.meter;

import io.carillon.core.model.Usage;
import io.carillon.core.runtime.Ticker;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what is used with one key on this node. Thread-safe: messages in striped counters,
 * deliveries in one counter for each lane; connections, of which there are few, are guarded by this
 * object.
 */
public final class KeyMeter {
  private static final long NANOS_A_MILLI = 1_000_000;

  private final Ticker ticker;
  private final LongAdder messages = new LongAdder();
  private final LongAdder bytesIn = new LongAdder();
  private final List<LaneMeter> lanes = new CopyOnWriteArrayList<>();

  private int connections;
  private int peak;
  private long connectionNanos;
  private long countedTo;

  /** What was taken before. Of the reader alone. */
  private Usage taken = Usage.NONE;

  KeyMeter(Ticker ticker) {
    this.ticker = ticker;
    this.countedTo = ticker.nanos();
  }

  /** A message was accepted. */
  void accepted(int bytes) {
    messages.increment();
    bytesIn.add(bytes);
  }

  /** A connection was opened. */
  public synchronized void opened() {
    pass();
    connections++;
    peak = Math.max(peak, connections);
  }

  /** A connection has ended. */
  public synchronized void closed() {
    pass();
    connections--;
  }

  /** The part of a lane; made once for each lane, and kept by the caller. */
  public LaneMeter onLane() {
    LaneMeter made = new LaneMeter();
    lanes.add(made);
    return made;
  }

  private void pass() {
    long now = ticker.nanos();
    connectionNanos += connections * (now - countedTo);
    countedTo = now;
  }

  /** What was used since the last call; to be called by one reader. */
  Usage take() {
    Usage all = total();
    Usage since =
        new Usage(
            all.messages() - taken.messages(),
            all.bytesIn() - taken.bytesIn(),
            all.deliveries() - taken.deliveries(),
            all.bytesOut() - taken.bytesOut(),
            all.connectionMillis() - taken.connectionMillis(),
            all.peakConnections());
    taken = all;
    return since;
  }

  /** What connections were handed so far. */
  Delivered delivered() {
    long deliveries = 0;
    long bytes = 0;
    for (LaneMeter lane : lanes) {
      deliveries += lane.deliveries();
      bytes += lane.bytes();
    }
    return new Delivered(deliveries, bytes);
  }

  private Usage total() {
    Delivered delivered = delivered();
    synchronized (this) {
      pass();
      int highest = peak;
      peak = connections;
      return new Usage(
          messages.sum(),
          bytesIn.sum(),
          delivered.messages(),
          delivered.bytes(),
          connectionNanos / NANOS_A_MILLI,
          highest);
    }
  }
}
