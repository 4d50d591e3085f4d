package io.carillon.redis;

import io.carillon.contract.EngineFixture;
import io.carillon.contract.PresenceStoreContract;

final class RedisPresenceStoreTest extends PresenceStoreContract {
  @Override
  protected EngineFixture openEngine() {
    return new RedisFixture();
  }
}
