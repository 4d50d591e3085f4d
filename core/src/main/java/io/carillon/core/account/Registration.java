package io.carillon.core.account;

import io.carillon.core.account.Accounts.Credentials;
import io.carillon.core.account.Accounts.MailedLink;
import io.carillon.core.account.Accounts.Purpose;
import io.carillon.core.account.AuditLog.Change;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.Secret;
import io.carillon.core.model.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Becoming somebody here, and proving it by mail. Calls block. Thread-safe. */
public final class Registration {
  private static final Duration VERIFY_WITHIN = Duration.ofDays(7);
  private static final Duration RESET_WITHIN = Duration.ofHours(1);

  private final ConsolePorts ports;
  private final HashingDesk hashing;
  private final AttemptLimits limits;
  private final SignIn signIn;
  private final Letters letters;

  public Registration(
      ConsolePorts ports,
      HashingDesk hashing,
      AttemptLimits limits,
      SignIn signIn,
      Letters letters) {
    this.ports = ports;
    this.hashing = hashing;
    this.limits = limits;
    this.signIn = signIn;
    this.letters = letters;
  }

  /**
   * What a person fills in.
   *
   * @param tenant the name of a new tenant; null with an invitation
   * @param invitation the token of one; null without
   */
  public record Form(
      String email, String password, @Nullable String tenant, @Nullable String invitation) {
    /** Leaves out what is secret. */
    @Override
    public String toString() {
      return "Form[email=" + email + "]";
    }
  }

  private record Checked(EmailAddress email, Secret password, @Nullable Invitation invitation) {}

  /** A new account that is signed in: the owner of a new tenant, or what an invitation says. */
  public Outcome<Visitor> signUp(Form form, Source from) {
    Problem tooMany = limits.attempt(from);
    return tooMany != null
        ? Outcome.refused(tooMany)
        : checked(form).then(checked -> hashed(form, checked, from));
  }

  private Outcome<Checked> checked(Form form) {
    return Fields.email(form.email())
        .then(
            email ->
                Fields.password(form.password(), "password")
                    .then(
                        password ->
                            form.invitation() == null
                                ? Fields.name(form.tenant(), "tenant")
                                    .then(name -> Outcome.done(new Checked(email, password, null)))
                                : invitation(email, form.invitation())
                                    .then(it -> Outcome.done(new Checked(email, password, it)))));
  }

  /** Whoever has the mail's token has the address, if it is the one that was invited. */
  private Outcome<Invitation> invitation(EmailAddress email, String token) {
    return ports
        .team()
        .invitation(OneTimeToken.digest(token), ports.clock().instant())
        .filter(invitation -> invitation.email().equals(email))
        .map(Outcome::done)
        .orElseGet(() -> Outcome.refused(Problem.of(ErrorCode.LINK_INVALID).at("/invitation")));
  }

  private Outcome<Visitor> hashed(Form form, Checked checked, Source from) {
    return hashing
        .hash(checked.password())
        .then(hash -> ports.work().atomically(() -> create(form, checked, hash, from)))
        .then(
            visitor -> {
              if (!visitor.account().verified()) {
                mailVerification(visitor.account());
              }
              return Outcome.done(visitor);
            });
  }

  private Outcome<Visitor> create(Form form, Checked checked, Secret hash, Source from) {
    Instant now = ports.clock().instant().truncatedTo(ChronoUnit.MICROS);
    Account account =
        new Account(AccountId.random(), checked.email(), checked.invitation() != null, now);
    if (!ports.accounts().create(new Credentials(account, hash))) {
      return Outcome.refused(Problem.of(ErrorCode.ACCOUNT_EXISTS).at("/email"));
    }
    if (checked.invitation() == null) {
      found(account, String.valueOf(form.tenant()).strip(), from);
    } else {
      Joining.join(ports, account, checked.invitation(), from);
    }
    ports.note(account.id(), "signed-up", from);
    return Outcome.done(signIn.open(account, from));
  }

  /** A new tenant of which the account is the owner. */
  TenantId found(Account account, String name, Source from) {
    TenantId tenant = ports.directory().createTenant(name);
    ports.team().add(tenant, account.id(), TeamRole.OWNER, ports.clock().instant());
    Acting owner = new Acting(account, new Membership(tenant, name, TeamRole.OWNER), from);
    ports.journal().write(owner, "tenant.created", "tenant " + tenant, Change.to("name", name));
    return tenant;
  }

  private void mailVerification(Account account) {
    letters.verify(account.email(), linkFor(account, Purpose.VERIFY, VERIFY_WITHIN));
  }

  private String linkFor(Account account, Purpose purpose, Duration within) {
    String token = OneTimeToken.random();
    Instant until = ports.clock().instant().plus(within);
    ports
        .accounts()
        .keepLink(new MailedLink(OneTimeToken.digest(token), account.id(), purpose, until));
    return token;
  }

  /** The address of a mailed link's account reaches its owner. */
  public Outcome<AccountId> verify(String token, Source from) {
    Problem tooMany = limits.attempt(from);
    if (tooMany != null) {
      return Outcome.refused(tooMany);
    }
    return used(token, Purpose.VERIFY)
        .then(
            account -> {
              ports.accounts().markVerified(account);
              ports.note(account, "address-confirmed", from);
              return Outcome.done(account);
            });
  }

  /** Mails a link to the account's owner, if there is such an account; nothing tells the caller. */
  public Outcome<EmailAddress> askReset(String email, Source from) {
    return Fields.email(email)
        .then(
            address -> {
              Problem tooMany = limits.attemptMail(from, address);
              return tooMany == null ? Outcome.done(address) : Outcome.refused(tooMany);
            })
        .then(
            address -> {
              // apart from the answer, whose time must not tell who has an account
              Thread.ofVirtual().name("console-reset").start(() -> mailReset(address));
              return Outcome.done(address);
            });
  }

  private void mailReset(EmailAddress address) {
    ports
        .accounts()
        .find(address)
        .map(Credentials::account)
        .ifPresent(
            account ->
                letters.reset(account.email(), linkFor(account, Purpose.RESET, RESET_WITHIN)));
  }

  /** A new password by a mailed link, which also proves the address; signs out everywhere else. */
  public Outcome<Admission> reset(String token, String password, Source from) {
    Problem tooMany = limits.attempt(from);
    if (tooMany != null) {
      return Outcome.refused(tooMany);
    }
    // hashed before, so that the link is not used up when there is no place for hashing
    return Fields.password(password, "password")
        .then(hashing::hash)
        .then(hash -> ports.work().atomically(() -> newPassword(token, hash, from)));
  }

  /** A mailed link is one factor; where there are two, the other one is asked for. */
  private Outcome<Admission> newPassword(String token, Secret hash, Source from) {
    return used(token, Purpose.RESET)
        .then(
            id -> {
              ports.accounts().markVerified(id);
              return ports
                  .accounts()
                  .find(id)
                  .map(
                      known -> {
                        signIn.replacePassword(known.account(), hash);
                        ports.note(id, "password-reset", from);
                        return Outcome.done(signIn.admit(known.account(), from));
                      })
                  .orElseGet(() -> Outcome.refused(ErrorCode.LINK_INVALID));
            });
  }

  private Outcome<AccountId> used(String token, Purpose purpose) {
    return ports
        .accounts()
        .useLink(OneTimeToken.digest(token), purpose, ports.clock().instant())
        .map(Outcome::done)
        .orElseGet(() -> Outcome.refused(Problem.of(ErrorCode.LINK_INVALID).at("/token")));
  }
}
