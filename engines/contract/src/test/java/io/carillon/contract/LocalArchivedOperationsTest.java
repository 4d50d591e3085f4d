package io.carillon.contract;

import io.carillon.core.engine.Archive;
import io.carillon.core.engine.local.LocalArchive;

/** The archive in memory keeps the contract about operations. */
final class LocalArchivedOperationsTest extends ArchivedOperationsContract {
  private final Archive archive = new LocalArchive(10_000);

  @Override
  protected Archive archive() {
    return archive;
  }
}
