package io.carillon.postgres.console;

import io.carillon.core.account.AccessTokens;
import io.carillon.core.account.AccountLog;
import io.carillon.core.account.AppListings;
import io.carillon.core.account.AuditLog;
import io.carillon.core.account.Challenges;
import io.carillon.core.account.Identities;
import io.carillon.core.account.QuotaAlerts;
import io.carillon.core.account.SecondFactors;
import io.carillon.core.account.Team;
import io.carillon.core.account.UnitOfWork;
import io.carillon.postgres.SecretSeal;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.json.JsonMapper;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.function.Supplier;

/** Wires the console's tables; a process that has a default data source has them. Stateless. */
@Factory
@Requires(property = "datasources.default.url")
final class ConsoleEngine {

  @Singleton
  UnitOfWork unitOfWork(TransactionOperations<Connection> transactions) {
    return new UnitOfWork() {
      /** What is in a transaction already joins it, as does every other engine's change. */
      @Override
      public <T> T atomically(Supplier<T> work) {
        return transactions.executeWrite(status -> work.get());
      }
    };
  }

  /** Both accounts and sessions. */
  @Singleton
  PostgresAccounts accounts(
      AccountRepository accounts,
      SessionRepository sessions,
      LinkRepository links,
      UnitOfWork work) {
    return new PostgresAccounts(accounts, sessions, links, work);
  }

  @Singleton
  QuotaAlerts quotaAlerts(TransactionOperations<Connection> transactions) {
    return new PostgresQuotaAlerts(transactions);
  }

  @Singleton
  SecondFactors secondFactors(
      SecondFactorRepository factors,
      RecoveryCodeRepository recovery,
      AccountRepository accounts,
      SecretSeal seal,
      UnitOfWork work) {
    return new PostgresSecondFactors(factors, recovery, accounts, seal, work);
  }

  @Singleton
  Challenges challenges(ChallengeRepository challenges) {
    return new PostgresChallenges(challenges);
  }

  @Singleton
  AccountLog accountLog(AccountLogRepository entries) {
    return new PostgresAccountLog(entries);
  }

  @Singleton
  Identities identities(IdentityRepository identities) {
    return new PostgresIdentities(identities);
  }

  @Singleton
  Team team(
      MembershipRepository memberships,
      TeamMemberRepository members,
      InvitationRepository invitations,
      UnitOfWork work) {
    return new PostgresTeam(memberships, members, invitations, work);
  }

  @Singleton
  AccessTokens accessTokens(AccessTokenRepository tokens) {
    return new PostgresAccessTokens(tokens);
  }

  @Singleton
  AuditLog auditLog(AuditRepository entries, JsonMapper json) {
    return new PostgresAuditLog(entries, json);
  }

  @Singleton
  UsedKeys usedKeys(
      KeyUseRepository latest, KeyProgramRepository programs, KeyClosingRepository closings) {
    return new UsedKeys(latest, programs, closings);
  }

  @Singleton
  AppListings appListings(
      AppListingRepository apps, KeyListingRepository keys, UsedKeys used, UnitOfWork work) {
    return new PostgresAppListings(apps, keys, used, work);
  }
}
