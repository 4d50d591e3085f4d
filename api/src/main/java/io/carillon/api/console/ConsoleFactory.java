package io.carillon.api.console;

import io.carillon.core.account.AccessTokens;
import io.carillon.core.account.AccountLog;
import io.carillon.core.account.Accounts;
import io.carillon.core.account.AppListings;
import io.carillon.core.account.AppParts;
import io.carillon.core.account.AppWebhooks;
import io.carillon.core.account.Apps;
import io.carillon.core.account.AttemptLimits;
import io.carillon.core.account.AuditLog;
import io.carillon.core.account.Challenges;
import io.carillon.core.account.ConsolePorts;
import io.carillon.core.account.Cutting;
import io.carillon.core.account.Declarations;
import io.carillon.core.account.Deletions;
import io.carillon.core.account.HashingDesk;
import io.carillon.core.account.Identities;
import io.carillon.core.account.IdentityProvider;
import io.carillon.core.account.IdentitySignIn;
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
import io.carillon.core.engine.SharedAttempts;
import io.carillon.core.runtime.Ticker;
import io.carillon.core.webhook.WebhookAdmin;
import io.carillon.core.webhook.WebhookLedger;
import io.carillon.core.webhook.Webhooks;
import io.micronaut.context.BeanProvider;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Secondary;
import io.micronaut.runtime.server.EmbeddedServer;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Wires the console's use cases; the process brings their ports. Stateless. */
@Factory
final class ConsoleFactory {
  private static final String PUBLIC = "console";

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
  IdentitySignIn identitySignIn(
      ConsolePorts ports,
      Identities identities,
      SignIn signIn,
      IdentitySignIn.Guards guards,
      IdentitySignIn.Way way) {
    return new IdentitySignIn(ports, identities, signIn, guards, way);
  }

  @Singleton
  IdentitySignIn.Guards guards(HashingDesk hashing, AttemptLimits limits) {
    return new IdentitySignIn.Guards(hashing, limits);
  }

  @Singleton
  IdentitySignIn.Way identityWay(
      @Nullable IdentityProvider provider, @Named(PUBLIC) Supplier<URI> console) {
    return new IdentitySignIn.Way(
        provider, () -> URI.create(console.get() + IdentityController.CALLBACK));
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
  AttemptLimits attemptLimits(@Nullable SharedAttempts shared) {
    return new AttemptLimits(Ticker.SYSTEM, shared == null ? SharedAttempts.NONE : shared);
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
  Declarations declarations(ConsolePorts ports, Apps apps, Keys keys, AppWebhooks webhooks) {
    return new Declarations(ports, new AppParts(apps, keys, webhooks));
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

  @Singleton
  Cutting cutting(ConsolePorts ports) {
    return new Cutting(ports);
  }

  /** Where nothing sends mails. */
  @Singleton
  @Secondary
  Mailer logMailer() {
    return new LogMailer();
  }

  @Singleton
  Letters letters(Mailer mailer, @Named(PUBLIC) Supplier<URI> console) {
    return new Letters(mailer, console);
  }

  /** Where browsers reach the console; the port is known once the server runs. */
  @Singleton
  @Named(PUBLIC)
  Supplier<URI> console(
      @Nullable @Property(name = "carillon.public-url") String publicUrl,
      BeanProvider<EmbeddedServer> server) {
    return () ->
        URI.create(publicUrl == null ? "http://localhost:" + server.get().getPort() : publicUrl);
  }
}
