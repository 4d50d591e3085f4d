package io.carillon.redis;

import io.carillon.contract.EngineFixture;
import io.carillon.contract.MovementsContract;

final class RedisMovementsTest extends MovementsContract {
  @Override
  protected EngineFixture openEngine() {
    return new RedisFixture();
  }
}
