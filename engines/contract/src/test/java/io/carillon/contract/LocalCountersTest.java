package io.carillon.contract;

final class LocalCountersTest extends CountersContract {
  @Override
  protected EngineFixture openEngine() {
    return new LocalFixture();
  }
}
