package io.carillon.core.engine;

import io.carillon.core.model.TenantId;

/** Keeps revocations of client tokens beyond the life of a process. Thread-safe. */
public interface RevocationAdmin {
  /**
   * Keeps it until no token that it fits can be in force; {@link Directory#onRevocation} tells
   * every node. Keeping it again is keeping it once, at the later time. Blocks; run it on a virtual
   * thread.
   *
   * @return whether the tenant has such an application; false, and nothing is kept, when not
   */
  boolean keep(TenantId tenant, Revocation revocation);
}
