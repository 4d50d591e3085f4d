package io.carillon.postgres.console;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;
import java.util.UUID;

/** The accounts, which belong to no tenant. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface AccountRepository extends GenericRepository<AccountRow, UUID> {
  AccountRow save(AccountRow row);

  Optional<AccountRow> findByEmail(String email);

  Optional<AccountRow> findById(UUID id);

  @Query("update accounts set password_hash = :passwordHash where id = :id")
  void changePassword(UUID id, String passwordHash);

  @Query("delete from accounts where id = :id")
  void delete(UUID id);

  @Query("update accounts set verified = true where id = :id")
  void markVerified(UUID id);

  /** The account, if it is there; until the transaction ends others wait for it. */
  @Query("select id from accounts where id = :id for update")
  Optional<UUID> lock(UUID id);

  /** One transaction at a time has this lock; it is given back at the transaction's end. */
  @Query("select 1 from pg_advisory_xact_lock(:lock)")
  int waitForLock(long lock);
}
