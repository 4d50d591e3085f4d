package io.carillon.redis;

import io.carillon.contract.EngineFixture;
import io.carillon.core.engine.Movements;
import io.carillon.core.engine.Ports;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** The engine of one node. The server's time is its own, plus what a case lets pass. */
final class RedisFixture implements EngineFixture {
  private final AtomicLong skewMillis = new AtomicLong();
  private final RedisEngine engine;
  private final Runnable cut;

  RedisFixture() {
    this(TestRedis.address(), TestRedis::cut);
  }

  /**
   * @param cut ends all connections on which the server tells of what is published
   */
  RedisFixture(RedisAddress address, Runnable cut) {
    this.cut = cut;
    this.engine = RedisEngine.start(address, 0, skewMillis::get);
  }

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
    skewMillis.addAndGet(duration.toMillis());
    engine.sweep();
  }

  @Override
  public boolean cutBus() {
    cut.run();
    return true;
  }

  @Override
  public void close() {
    engine.close();
  }
}
