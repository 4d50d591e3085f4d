package io.carillon.postgres.console;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;

/** Who somebody is at a provider of identities. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface IdentityRepository extends GenericRepository<IdentityRow, String> {
  Optional<IdentityRow> findByIssuerAndSubject(String issuer, String subject);

  /** What is there already stays as it is. */
  @Query(
      """
      insert into identities (issuer, subject, account_id, since)
      values (:issuer, :subject, :accountId, :since)
      on conflict (issuer, subject) do nothing
      """)
  void keep(IdentityRow row);
}
