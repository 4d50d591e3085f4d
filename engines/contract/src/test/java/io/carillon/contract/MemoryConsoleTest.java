package io.carillon.contract;

import io.carillon.core.account.ConsolePorts;
import java.time.InstantSource;

/** The fake behaves as the real ports do. */
class MemoryConsoleTest extends ConsoleStoresContract {
  private final MemoryConsole console = new MemoryConsole();

  @Override
  protected ConsolePorts ports() {
    return console.ports(InstantSource.system());
  }
}
