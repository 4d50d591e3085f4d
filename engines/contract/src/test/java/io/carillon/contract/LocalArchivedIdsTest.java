package io.carillon.contract;

import io.carillon.core.engine.Archive;
import io.carillon.core.engine.local.LocalArchive;

/** The archive in memory keeps the contract about ids and ended epochs. */
final class LocalArchivedIdsTest extends ArchivedIdsContract {
  private final Archive archive = new LocalArchive(10_000);

  @Override
  protected Archive archive() {
    return archive;
  }
}
