package io.carillon.redis;

import io.carillon.contract.ChannelLogContract;
import io.carillon.contract.EngineFixture;

final class RedisChannelLogTest extends ChannelLogContract {
  @Override
  protected EngineFixture openEngine() {
    return new RedisFixture();
  }
}
