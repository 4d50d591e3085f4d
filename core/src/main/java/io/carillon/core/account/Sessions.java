package io.carillon.core.account;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps who is signed in, for all nodes. Calls block. Thread-safe. */
public interface Sessions {
  /** A session with what its owner knows it by. */
  record Listed(ConsoleSession session, Instant since, Source from) {}

  /** Keeps it, and forgets what is over. */
  void open(ConsoleSession session, Instant now, Source from);

  /** The session, unless it is over or was closed on any node. */
  Optional<ConsoleSession> find(SessionId id, Instant now);

  /** Those of the account that count, the newest first. */
  List<Listed> list(AccountId account, Instant now);

  void close(SessionId id);

  /** Signs the account out everywhere. */
  void closeAll(AccountId account);

  /** Signs the account out everywhere but there; answers how many sessions ended. */
  int closeOthers(AccountId account, SessionId kept);
}
