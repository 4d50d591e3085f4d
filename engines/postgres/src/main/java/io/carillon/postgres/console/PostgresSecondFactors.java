package io.carillon.postgres.console;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.carillon.core.account.AccountId;
import io.carillon.core.account.SecondFactors;
import io.carillon.core.account.UnitOfWork;
import io.carillon.core.model.Secret;
import io.carillon.postgres.SecretSeal;
import java.util.Optional;
import java.util.UUID;

/** Second factors in their tables, sealed for their account. Immutable, thread-safe. */
record PostgresSecondFactors(
    SecondFactorRepository factors,
    RecoveryCodeRepository recovery,
    AccountRepository accounts,
    SecretSeal seal,
    UnitOfWork work)
    implements SecondFactors {

  /** Before the first code: below every step. */
  private static final long NO_STEP = -1;

  @Override
  public Optional<Factor> find(AccountId account) {
    return factors.findByAccountId(account.value()).map(row -> factor(account, row));
  }

  /** One that does not open must not be taken for none: it would let in whoever has a password. */
  private Factor factor(AccountId account, SecondFactorRow row) {
    byte[] secret =
        seal.open(owner(account), row.sealedSecret())
            .orElseThrow(
                () -> new IllegalStateException("second factor of " + account + " does not open"));
    return new Factor(
        Secret.of(new String(secret, US_ASCII)),
        row.confirmedAt(),
        (int) recovery.countByAccountId(account.value()));
  }

  private static String owner(AccountId account) {
    return "second factor of " + account;
  }

  @Override
  public boolean begin(AccountId account, Secret secret) {
    UUID id = account.value();
    return work.atomically(
        () -> {
          accounts.lock(id);
          factors.removeUnconfirmed(id);
          if (factors.findByAccountId(id).isPresent()) {
            return false;
          }
          byte[] sealed = seal.seal(owner(account), secret.reveal());
          factors.save(new SecondFactorRow(id, sealed, null, NO_STEP));
          return true;
        });
  }

  @Override
  public boolean confirm(AccountId account, Confirmation confirmation) {
    UUID id = account.value();
    return work.atomically(
        () -> {
          if (factors.confirm(id, confirmation.at(), confirmation.step()) == 0) {
            return false;
          }
          recovery.saveAll(
              confirmation.recovery().stream()
                  .map(digest -> new RecoveryCodeRow(id, digest))
                  .toList());
          return true;
        });
  }

  @Override
  public boolean use(AccountId account, long step) {
    return factors.use(account.value(), step) > 0;
  }

  @Override
  public boolean useRecovery(AccountId account, String digest) {
    return recovery.use(account.value(), digest) > 0;
  }

  @Override
  public void remove(AccountId account) {
    factors.remove(account.value());
  }
}
