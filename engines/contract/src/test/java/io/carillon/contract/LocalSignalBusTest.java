package io.carillon.contract;

final class LocalSignalBusTest extends SignalBusContract {
  @Override
  protected EngineFixture openEngine() {
    return new LocalFixture();
  }
}
