package io.carillon.contract;

import io.carillon.core.account.ConsolePorts;
import io.carillon.core.account.Identities;
import java.time.InstantSource;

/** The console's ports in memory keep the contract. */
class MemoryConsoleTest extends ConsoleStoresContract {
  private final MemoryConsole console = new MemoryConsole();

  @Override
  protected ConsolePorts ports() {
    return console.ports(InstantSource.system());
  }

  @Override
  protected Identities identities() {
    return console.identities();
  }
}
