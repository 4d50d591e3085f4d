package io.carillon.contract;

final class LocalMovementsTest extends MovementsContract {
  @Override
  protected EngineFixture openEngine() {
    return new LocalFixture();
  }
}
