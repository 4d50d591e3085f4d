package io.carillon.contract;

final class LocalChannelLogTest extends ChannelLogContract {
  @Override
  protected EngineFixture openEngine() {
    return new LocalFixture();
  }
}
