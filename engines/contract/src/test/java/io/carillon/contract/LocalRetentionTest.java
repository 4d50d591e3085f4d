package io.carillon.contract;

final class LocalRetentionTest extends RetentionContract {
  @Override
  protected EngineFixture openEngine() {
    return new LocalFixture();
  }
}
