package io.carillon.postgres.console;

import io.carillon.core.account.AppListings.KeySighting;

/** The tables of what used which key. Thread-safe. */
record UsedKeys(
    KeyUseRepository latest, KeyProgramRepository programs, KeyClosingRepository closings) {
  /** How many programs of each way in are kept for a key. */
  private static final int PROGRAMS_MAX = 30;

  void write(KeySighting seen) {
    String library = seen.library().isEmpty() ? null : seen.library();
    latest.used(new KeyUseRow(seen.key().value(), seen.at(), library));
    programs.seen(KeyProgramRow.of(seen));
    programs.leaveLatest(seen.key().value(), seen.protocol(), PROGRAMS_MAX);
  }
}
