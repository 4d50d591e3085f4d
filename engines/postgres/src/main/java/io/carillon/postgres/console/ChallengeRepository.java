package io.carillon.postgres.console;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Who has come half in. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface ChallengeRepository extends GenericRepository<ChallengeRow, String> {
  ChallengeRow save(ChallengeRow row);

  Optional<ChallengeRow> findByDigest(String digest);

  @Query(
      """
      update sign_in_challenges set tries = tries + 1
      where digest = :digest and tries < :most and expires_at > :now
      """)
  long attempt(String digest, int most, Instant now);

  @Query("delete from sign_in_challenges where digest = :digest")
  long end(String digest);

  @Query("delete from sign_in_challenges where account_id = :accountId")
  void endAll(UUID accountId);

  @Query("delete from sign_in_challenges where expires_at <= :now")
  void forget(Instant now);
}
