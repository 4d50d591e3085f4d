package io.carillon.core.session;

import io.carillon.core.model.KeyId;
import io.carillon.core.model.Member;
import org.jspecify.annotations.Nullable;

/** What a connection brings to be let into a channel; the protocol has checked the signature. */
public sealed interface Grant {
  /** Nothing. */
  record None() implements Grant {
    @Override
    public @Nullable KeyId signedBy() {
      return null;
    }
  }

  /**
   * The tenant's backend signed this connection for this channel.
   *
   * @param member who is present, if the signature says so
   * @param signedBy which signed it; null for the one with which the connection came
   */
  record Signed(@Nullable Member member, @Nullable KeyId signedBy) implements Grant {
    /** By the key with which the connection came, or by its token. */
    public Signed(@Nullable Member member) {
      this(member, null);
    }
  }

  Grant NONE = new None();

  /** The key that signed it, or null where that is not another one than the connection's. */
  @Nullable KeyId signedBy();
}
