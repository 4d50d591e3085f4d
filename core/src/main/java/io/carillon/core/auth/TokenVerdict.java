package io.carillon.core.auth;

import io.carillon.core.error.Problem;
import io.carillon.core.model.App;
import io.carillon.core.model.KeyId;
import org.jspecify.annotations.Nullable;

/** What a token is worth. Immutable. */
public sealed interface TokenVerdict {
  /** The application's own key signed it, and it is in force. */
  record Valid(App app, ClientToken token) implements TokenVerdict {}

  /**
   * It counts for nothing; the problem shows no part of it that was not checked.
   *
   * @param key an application's key that it names, which proves nothing; null for none
   */
  record Refused(Problem problem, @Nullable KeyId key) implements TokenVerdict {
    public Refused(Problem problem) {
      this(problem, null);
    }
  }
}
