package io.carillon.core.engine.local;

import io.carillon.core.engine.Archive;
import io.carillon.core.engine.ControlBus;
import io.carillon.core.engine.ControlBus.Order;
import io.carillon.core.engine.Movements;
import io.carillon.core.engine.Ports;
import io.carillon.core.runtime.Lane;
import io.carillon.core.runtime.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The engine of a single process: everything in memory, nothing to configure. What it keeps ends
 * with the process; the archive is another port.
 */
public final class LocalEngine {
  private static final Duration LOG_SWEEP = Duration.ofSeconds(5);
  private static final Duration PRESENCE_SWEEP = Duration.ofMillis(500);

  private final LocalLog log;
  private final LocalPresence presence;
  private final LocalMovements movements;
  private final Ports ports;

  /** An engine beside which nothing outlives the process. */
  public LocalEngine(Ticker ticker, long hotBytesMax) {
    this(ticker, hotBytesMax, 0);
  }

  /**
   * @param hotBytesMax how many bytes of payload all hot windows may keep together
   * @param epochFloor every epoch of this engine is greater; see {@link Archive#epochFloor}
   */
  public LocalEngine(Ticker ticker, long hotBytesMax, long epochFloor) {
    this.log = new LocalLog(ticker, hotBytesMax, epochFloor);
    this.movements = new LocalMovements(ticker);
    this.presence = new LocalPresence(ticker, movements);
    this.ports =
        new Ports(
                log,
                presence,
                new LocalOccupancy(movements),
                new LocalControlBus(),
                new LocalSignals())
            .withCounters(new LocalCounters(ticker))
            .withInquiries(new LocalInquiries());
  }

  public Ports ports() {
    return ports;
  }

  public Movements movements() {
    return movements;
  }

  /** Lets go of what has expired, again and again, on this lane. */
  public void sweepOn(Lane lane) {
    repeat(lane, LOG_SWEEP, log::sweep);
    repeat(lane, PRESENCE_SWEEP, presence::sweep);
  }

  private static void repeat(Lane lane, Duration interval, Runnable step) {
    lane.schedule(
        () -> {
          step.run();
          repeat(lane, interval, step);
        },
        interval);
  }

  /** Lets go of what has expired, now. */
  public void sweep() {
    log.sweep();
    presence.sweep();
  }

  private static final class LocalControlBus implements ControlBus {
    private final List<Consumer<Order>> listeners = new CopyOnWriteArrayList<>();

    @Override
    public void broadcast(Order order) {
      listeners.forEach(listener -> listener.accept(order));
    }

    @Override
    public void listen(Consumer<Order> listener) {
      listeners.add(listener);
    }
  }
}
