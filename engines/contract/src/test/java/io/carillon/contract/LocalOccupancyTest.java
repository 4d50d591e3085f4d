package io.carillon.contract;

final class LocalOccupancyTest extends OccupancyContract {
  @Override
  protected EngineFixture openEngine() {
    return new LocalFixture();
  }
}
