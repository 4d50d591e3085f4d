package io.carillon.core.auth;

import io.carillon.core.error.Problem;
import io.carillon.core.model.ApiKey;
import io.carillon.core.model.Capabilities;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Makes client tokens, as a tenant's backend can also do by itself. Thread-safe. */
public interface TokenIssuer {
  Duration DEFAULT_LIFE = Duration.ofHours(1);

  /** A token signed with this key. */
  IssueOutcome issue(ApiKey key, TokenRequest request);

  /**
   * What the token shall say.
   *
   * @param clientId null for anyone
   * @param life 1 second to {@link ClientToken#MAX_LIFE}
   */
  record TokenRequest(
      @Nullable String clientId, Capabilities capabilities, Duration life, TokenLimits limits) {
    /** One without limits of its own. */
    public TokenRequest(@Nullable String clientId, Capabilities capabilities, Duration life) {
      this(clientId, capabilities, life, TokenLimits.NONE);
    }
  }

  /** What became of a request. */
  sealed interface IssueOutcome {
    /** The token as the client sends it, and what it says. */
    record Issued(String text, ClientToken token) implements IssueOutcome {
      @Override
      public String toString() {
        return "Issued(" + token + ")";
      }
    }

    record Refused(Problem problem) implements IssueOutcome {}
  }
}
