package io.carillon.core.session;

import io.carillon.core.model.Member;
import org.jspecify.annotations.Nullable;

/** What a connection brings to be let into a channel; the protocol has checked the signature. */
public sealed interface Grant {
  /** Nothing. */
  record None() implements Grant {}

  /**
   * The tenant's backend signed this connection for this channel.
   *
   * @param member who is present, if the signature says so
   */
  record Signed(@Nullable Member member) implements Grant {}

  Grant NONE = new None();
}
