package io.carillon.core.simulation;

import io.carillon.core.engine.ChannelLog;
import io.carillon.core.engine.Retention;
import io.carillon.core.engine.local.LocalEngine;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.Position;
import io.carillon.core.model.Publication;
import io.carillon.core.runtime.Ticker;
import java.util.ArrayList;
import java.util.List;

/**
 * The log that all nodes share: a real one in memory, which can be lost, and a bus to each node
 * that does what the weather says. For one thread.
 */
final class SimulatedLog {
  private static final long HOT_BYTES = 16L << 20;

  private final Agenda agenda;
  private final Weather weather;
  private final Truth truth;
  private final List<ChannelId> channels;
  private final List<LogPort> ports = new ArrayList<>();
  private ChannelLog real;

  SimulatedLog(Agenda agenda, Weather weather, Truth truth, List<ChannelId> channels) {
    this.agenda = agenda;
    this.weather = weather;
    this.truth = truth;
    this.channels = channels;
    this.real = agenda.chance(0.5) ? opened(agenda.ticker(), 0) : opened(new Aged(), 0);
  }

  /** Time for a log that has been there for longer than ids are remembered. */
  private final class Aged implements Ticker {
    private boolean made;

    @Override
    public long nanos() {
      long now = agenda.ticker().nanos();
      if (made) {
        return now;
      }
      made = true;
      return now - Retention.DEDUPE_WINDOW.toNanos();
    }

    @Override
    public long epochMillis() {
      return agenda.ticker().epochMillis();
    }
  }

  Agenda agenda() {
    return agenda;
  }

  Weather weather() {
    return weather;
  }

  ChannelLog real() {
    return real;
  }

  LogPort port(String node, Mutation mutation) {
    LogPort port = new LogPort(this, node, mutation);
    ports.add(port);
    return port;
  }

  void remove(LogPort port) {
    ports.remove(port);
  }

  Position top(ChannelId channel) {
    return real.head(channel).toCompletableFuture().join().top();
  }

  /** Everything in it is gone, the ids too; what comes has a higher epoch. */
  void flush() {
    long highest = channels.stream().mapToLong(channel -> top(channel).epoch()).max().orElse(0);
    real = opened(agenda.ticker(), highest);
    agenda.note("world", "the log is lost");
  }

  private ChannelLog opened(Ticker ticker, long epochFloor) {
    ChannelLog opened = new LocalEngine(ticker, HOT_BYTES, epochFloor).ports().log();
    opened.listen(this::published);
    channels.forEach(opened::join);
    return opened;
  }

  private void published(Publication publication) {
    truth.appended(publication);
    for (LogPort port : ports) {
      port.send(publication);
    }
  }
}
