package io.carillon.redis;

import io.carillon.contract.EngineFixture;
import io.carillon.contract.RetentionContract;

final class RedisRetentionTest extends RetentionContract {
  @Override
  protected EngineFixture openEngine() {
    return new RedisFixture();
  }
}
