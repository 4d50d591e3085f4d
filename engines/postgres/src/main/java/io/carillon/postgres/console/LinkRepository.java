package io.carillon.postgres.console;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;
import java.util.UUID;

/** The links that were mailed. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface LinkRepository extends GenericRepository<LinkRow, String> {
  @Query(
      """
      insert into mailed_links (digest, account_id, purpose, expires_at)
      values (:digest, :accountId, :purpose, :expiresAt)
      on conflict (account_id, purpose) do update set
        digest = excluded.digest, expires_at = excluded.expires_at
      """)
  void keep(LinkRow row);

  /** Until the transaction ends, nobody else uses the link. */
  Optional<LinkRow> findByDigestAndPurposeForUpdate(String digest, String purpose);

  @Query("delete from mailed_links where account_id = :accountId and purpose = :purpose")
  void forget(UUID accountId, String purpose);
}
