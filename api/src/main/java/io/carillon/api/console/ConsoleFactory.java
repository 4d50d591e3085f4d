package io.carillon.api.console;

import io.carillon.core.account.AccessTokens;
import io.carillon.core.account.AccountLog;
import io.carillon.core.account.Accounts;
import io.carillon.core.account.AppListings;
import io.carillon.core.account.AppWebhooks;
import io.carillon.core.account.Apps;
import io.carillon.core.account.AttemptLimits;
import io.carillon.core.account.AuditLog;
import io.carillon.core.account.Challenges;
import io.carillon.core.account.ConsolePorts;
import io.carillon.core.account.Deletions;
import io.carillon.core.account.HashingDesk;
import io.carillon.core.account.Keys;
import io.carillon.core.account.Letters;
import io.carillon.core.account.Mailer;
import io.carillon.core.account.PasswordHashing;
import io.carillon.core.account.PersonalTokens;
import io.carillon.core.account.Registration;
import io.carillon.core.account.SecondFactors;
import io.carillon.core.account.Sessions;
import io.carillon.core.account.SignIn;
import io.carillon.core.account.Team;
import io.carillon.core.account.Teams;
import io.carillon.core.account.TwoFactor;
import io.carillon.core.account.UnitOfWork;
import io.carillon.core.engine.DirectoryAdmin;
import io.carillon.core.engine.RuleAdmin;
import io.carillon.core.runtime.Ticker;
import io.carillon.core.webhook.WebhookAdmin;
import io.carillon.core.webhook.WebhookLedger;
import io.carillon.core.webhook.Webhooks;
import io.micronaut.context.BeanProvider;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Secondary;
import io.micronaut.runtime.server.EmbeddedServer;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Wires the console's use cases; the process brings their ports. Stateless. */
@Factory
final class ConsoleFactory {
  @Singleton
  ConsolePorts ports(
      Accounts accounts,
      Sessions sessions,
      SecondStepPorts secondStep,
      Team team,
      AuditLog audit,
      DirectoryAdmin directory,
      UnitOfWork work) {
    return new ConsolePorts(
        accounts,
        sessions,
        secondStep.challenges(),
        secondStep.factors(),
        secondStep.log(),
        team,
        audit,
        directory,
        work,
        InstantSource.system());
  }

  /** What the second step of signing in stands on. */
  record SecondStepPorts(Challenges challenges, SecondFactors factors, AccountLog log) {}

  @Singleton
  SecondStepPorts secondStepPorts(Challenges challenges, SecondFactors factors, AccountLog log) {
    return new SecondStepPorts(challenges, factors, log);
  }

  @Singleton
  Deletions deletions(ConsolePorts ports, TwoFactor twoFactor) {
    return new Deletions(ports, twoFactor);
  }

  @Singleton
  TwoFactor twoFactor(ConsolePorts ports, SignIn signIn, AttemptLimits limits) {
    return new TwoFactor(ports, signIn, limits);
  }

  /** As many at a time as half the machine computes, so that messages are delivered meanwhile. */
  @Singleton
  HashingDesk hashing(PasswordHashing hashing) {
    return new HashingDesk(hashing, Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
  }

  @Singleton
  AttemptLimits attemptLimits() {
    return new AttemptLimits(Ticker.SYSTEM);
  }

  @Singleton
  SignIn signIn(ConsolePorts ports, HashingDesk hashing, AttemptLimits limits) {
    return new SignIn(ports, hashing, limits);
  }

  @Singleton
  Registration registration(
      ConsolePorts ports,
      HashingDesk hashing,
      AttemptLimits limits,
      SignIn signIn,
      Letters letters) {
    return new Registration(ports, hashing, limits, signIn, letters);
  }

  @Singleton
  Teams teams(
      ConsolePorts ports, Registration registration, Letters letters, AttemptLimits limits) {
    return new Teams(ports, registration, letters, limits);
  }

  @Singleton
  Apps apps(ConsolePorts ports, AppListings listings, RuleAdmin rules) {
    return new Apps(ports, listings, rules);
  }

  @Singleton
  PersonalTokens personalTokens(ConsolePorts ports, AccessTokens tokens) {
    return new PersonalTokens(ports, tokens);
  }

  @Singleton
  Keys keys(ConsolePorts ports, AppListings listings) {
    return new Keys(ports, listings);
  }

  @Singleton
  AppWebhooks appWebhooks(
      ConsolePorts ports, WebhookAdmin admin, WebhookLedger ledger, Webhooks webhooks) {
    return new AppWebhooks(ports, admin, ledger, webhooks);
  }

  /** Where nothing sends mails. */
  @Singleton
  @Secondary
  Mailer logMailer() {
    return new LogMailer();
  }

  @Singleton
  Letters letters(
      Mailer mailer,
      @Nullable @Property(name = "carillon.public-url") String publicUrl,
      BeanProvider<EmbeddedServer> server) {
    return new Letters(
        mailer,
        () ->
            URI.create(
                publicUrl == null ? "http://localhost:" + server.get().getPort() : publicUrl));
  }
}
