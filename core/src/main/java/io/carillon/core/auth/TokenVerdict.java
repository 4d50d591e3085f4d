package io.carillon.core.auth;

import io.carillon.core.error.Problem;
import io.carillon.core.model.App;

/** What a token is worth. Immutable. */
public sealed interface TokenVerdict {
  /** The application's own key signed it, and it is in force. */
  record Valid(App app, ClientToken token) implements TokenVerdict {}

  /** It counts for nothing; the problem shows no part of it that was not checked. */
  record Refused(Problem problem) implements TokenVerdict {}
}
