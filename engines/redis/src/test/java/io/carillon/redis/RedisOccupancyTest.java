package io.carillon.redis;

import io.carillon.contract.EngineFixture;
import io.carillon.contract.OccupancyContract;

final class RedisOccupancyTest extends OccupancyContract {
  @Override
  protected EngineFixture openEngine() {
    return new RedisFixture();
  }
}
