package io.carillon.contract;

import io.carillon.core.engine.Movements;
import io.carillon.core.engine.Ports;
import io.carillon.core.engine.local.LocalEngine;
import java.time.Duration;

/** The engine in memory. */
final class LocalFixture implements EngineFixture {
  private static final long HOT_BYTES = 64L << 20;

  private final HandTicker ticker = new HandTicker();
  private final LocalEngine engine = new LocalEngine(ticker, HOT_BYTES);

  @Override
  public Ports ports() {
    return engine.ports();
  }

  @Override
  public Movements movements() {
    return engine.movements();
  }

  @Override
  public void advance(Duration duration) {
    ticker.advance(duration);
    engine.sweep();
  }

  @Override
  public void close() {}
}
