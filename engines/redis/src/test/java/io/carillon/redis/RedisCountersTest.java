package io.carillon.redis;

import io.carillon.contract.CountersContract;
import io.carillon.contract.EngineFixture;

final class RedisCountersTest extends CountersContract {
  @Override
  protected EngineFixture openEngine() {
    return new RedisFixture();
  }
}
