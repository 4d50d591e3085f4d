package io.carillon.contract;

final class LocalLogOperationsTest extends LogOperationsContract {
  @Override
  protected EngineFixture openEngine() {
    return new LocalFixture();
  }
}
