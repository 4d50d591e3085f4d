package io.carillon.core.account;

import java.time.Instant;
import java.util.List;

/**
 * What became of accounts: who came in, from where, and what was tried. Nothing in it is ever
 * changed. Calls block. Thread-safe.
 */
public interface AccountLog {
  void append(Entry entry);

  /** The newest first. */
  List<Entry> newest(AccountId account, int limit);

  /**
   * One thing that happened. Immutable.
   *
   * @param action such as {@code signed-in}
   */
  record Entry(AccountId account, Instant at, String action, Source from) {}
}
