package io.carillon.core.session;

import io.carillon.core.error.Problem;

/** What became of entering a channel's presence. */
public sealed interface MembershipOutcome {
  /** The session is on the roster. */
  record Entered() implements MembershipOutcome {}

  /** It is not, by this; what it entered with before still counts. */
  record Refused(Problem problem) implements MembershipOutcome {}
}
