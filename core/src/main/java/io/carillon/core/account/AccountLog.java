package io.carillon.core.account;

import java.time.Instant;
import java.util.List;

/**
 * What became of accounts: who came in, from where, and what was tried. Nothing in it is ever
 * changed. Calls block. Thread-safe.
 */
public interface AccountLog {
  /** The action of an entry by which a session began. */
  String SIGNED_IN = "signed-in";

  void append(Entry entry);

  /**
   * Whether the account was signed in to from there.
   *
   * @param network an address, or the first groups of one, of which then any counts
   */
  boolean knows(AccountId account, String network, Instant since);

  /** The newest first. */
  List<Entry> newest(AccountId account, int limit);

  /**
   * One thing that happened. Immutable.
   *
   * @param action such as {@code signed-in}
   */
  record Entry(AccountId account, Instant at, String action, Source from) {}
}
