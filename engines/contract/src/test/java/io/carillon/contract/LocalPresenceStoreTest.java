package io.carillon.contract;

final class LocalPresenceStoreTest extends PresenceStoreContract {
  @Override
  protected EngineFixture openEngine() {
    return new LocalFixture();
  }
}
