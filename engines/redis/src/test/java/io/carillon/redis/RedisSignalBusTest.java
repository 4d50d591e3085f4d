package io.carillon.redis;

import io.carillon.contract.EngineFixture;
import io.carillon.contract.SignalBusContract;

final class RedisSignalBusTest extends SignalBusContract {
  @Override
  protected EngineFixture openEngine() {
    return new RedisFixture();
  }
}
