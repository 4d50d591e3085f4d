package io.carillon.edge.carrier;

import io.carillon.core.metric.Metric;
import io.carillon.core.metric.Readings;
import io.netty.util.internal.PlatformDependent;

/** What an operator sees of a process' sockets beside what its node counts. Thread-safe. */
public record EdgeFigures(Clients clients) implements Readings.Source {
  @Override
  public void read(Readings into) {
    into.add(Metric.ADDRESS_REFUSALS_TOTAL, clients.rate().refused());
    into.add(Metric.NETTY_DIRECT_MEMORY_BYTES, PlatformDependent.usedDirectMemory());
    into.add(Metric.NETTY_DIRECT_MEMORY_MAX_BYTES, PlatformDependent.maxDirectMemory());
  }
}
