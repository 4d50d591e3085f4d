package io.carillon.core.account;

import io.carillon.core.model.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps the accounts' second factors, their secrets sealed. Calls block. Thread-safe. */
public interface SecondFactors {
  /**
   * An authenticator's secret that somebody has.
   *
   * @param secret in Base32
   * @param confirmedAt when a code proved it first; null until then, and it is not asked for
   * @param recoveryCodes how many are left
   */
  record Factor(Secret secret, @Nullable Instant confirmedAt, int recoveryCodes) {
    public boolean confirmed() {
      return confirmedAt != null;
    }
  }

  Optional<Factor> find(AccountId account);

  /** Whether the secret waits for its first code now; not so when another one is confirmed. */
  boolean begin(AccountId account, Secret secret);

  /** Whether a secret waited, and is confirmed now. */
  boolean confirm(AccountId account, Confirmation confirmation);

  /**
   * How a secret was confirmed.
   *
   * @param step of the code that proved it, which counts no more
   * @param recovery the digests of new recovery codes
   */
  record Confirmation(Instant at, long step, List<String> recovery) {
    public Confirmation {
      recovery = List.copyOf(recovery);
    }
  }

  /** Whether the step is later than each one before, and is the latest now. */
  boolean use(AccountId account, long step);

  /** Whether the account had a recovery code with this digest; it has it no more. */
  boolean useRecovery(AccountId account, String digest);

  void remove(AccountId account);
}
