package io.carillon.core.account;

import java.time.Instant;
import java.util.Optional;

/** Keeps who is signed in, for all nodes. Calls block. Thread-safe. */
public interface Sessions {
  /** Keeps it, and forgets what is over. */
  void open(ConsoleSession session, Instant now);

  /** The session, unless it is over or was closed on any node. */
  Optional<ConsoleSession> find(SessionId id, Instant now);

  void close(SessionId id);

  /** Signs the account out everywhere. */
  void closeAll(AccountId account);
}
