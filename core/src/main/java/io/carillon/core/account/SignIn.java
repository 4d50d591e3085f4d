package io.carillon.core.account;

import io.carillon.core.account.Accounts.Credentials;
import io.carillon.core.account.Challenges.Challenge;
import io.carillon.core.account.SecondFactors.Factor;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Coming in and going out, for people who have an account. Calls block. Thread-safe. */
public final class SignIn {
  private static final Duration CODE_WITHIN = Duration.ofMinutes(5);
  private static final int EVENTS_SHOWN = 50;

  /** How long an address that an account was signed in to from is one of its own. */
  private static final Duration FAMILIAR_FOR = Duration.ofDays(30);

  private final ConsolePorts ports;
  private final HashingDesk hashing;
  private final AttemptLimits limits;

  public SignIn(ConsolePorts ports, HashingDesk hashing, AttemptLimits limits) {
    this.ports = ports;
    this.hashing = hashing;
    this.limits = limits;
  }

  /** In, when the password is the account's; the same refusal for every reason. */
  public Outcome<Admission> signIn(String email, String password, Source from) {
    Optional<EmailAddress> address = EmailAddress.parse(email);
    Problem tooMany =
        address.isPresent()
            ? limits.attempt(from, address.get(), () -> isFamiliar(address.get(), from))
            : limits.attempt(from);
    if (tooMany != null) {
      return Outcome.refused(tooMany);
    }
    Optional<Credentials> known = address.flatMap(ports.accounts()::find);
    // hashed where there is no account too, so that the time does not tell who has one
    return isRight(password, known.map(Credentials::hash).orElseGet(hashing::nobodys))
        .then(
            right -> {
              if (right && known.isPresent()) {
                return Outcome.done(admit(known.get().account(), from));
              }
              known.ifPresent(it -> noteApart(it.account().id(), "sign-in-failed", from));
              return Outcome.refused(ErrorCode.PASSWORD_WRONG);
            });
  }

  /** The log is asked for an account that does not exist too, as its time must not tell. */
  private boolean isFamiliar(EmailAddress email, Source from) {
    AccountId account =
        ports
            .accounts()
            .find(email)
            .map(known -> known.account().id())
            .orElseGet(AccountId::random);
    Instant since = ports.clock().instant().minus(FAMILIAR_FOR);
    return ports.accountLog().knows(account, AttemptLimits.network(from), since);
  }

  /** Apart from the answer, whose time must not tell who has an account. */
  private void noteApart(AccountId account, String action, Source from) {
    Thread.ofVirtual().name("console-note").start(() -> ports.note(account, action, from));
  }

  /** Signs the account in, or asks for a code where it has a second factor. */
  Admission admit(Account account, Source from) {
    boolean asked = ports.factors().find(account.id()).filter(Factor::confirmed).isPresent();
    return asked ? askCode(account, from) : new Admission.Open(open(account, from));
  }

  private Admission askCode(Account account, Source from) {
    Instant now = ports.clock().instant();
    String token = OneTimeToken.random();
    Challenge challenge =
        new Challenge(OneTimeToken.digest(token), account.id(), now.plus(CODE_WITHIN));
    ports.challenges().keep(challenge, now);
    ports.note(account.id(), "code-asked", from);
    return new Admission.CodeAsked(token, challenge.expiresAt());
  }

  /** Whether whoever is signed in knows the password; the refusal is about {@code /member}. */
  Outcome<Account> prove(Account account, Proof proof) {
    Problem tooMany = limits.attemptProof(proof.from(), account.email());
    if (tooMany != null) {
      return Outcome.refused(tooMany);
    }
    Secret hash =
        ports.accounts().find(account.id()).map(Credentials::hash).orElseGet(hashing::nobodys);
    return isRight(proof.password(), hash)
        .then(
            right ->
                right
                    ? Outcome.done(account)
                    : Outcome.refused(
                        Problem.of(ErrorCode.PASSWORD_WRONG).at("/" + proof.member())));
  }

  /**
   * A password that somebody shows again.
   *
   * @param member of the request that has it
   */
  record Proof(String password, String member, Source from) {
    /** Leaves the password out. */
    @Override
    public String toString() {
      return "Proof[member=" + member + "]";
    }
  }

  private Outcome<Boolean> isRight(String password, Secret hash) {
    // a longer one is nobody's, and need not be copied about
    boolean possible = !password.isEmpty() && password.length() <= 2 * Fields.PASSWORD_MAX;
    return hashing
        .matches(possible ? Secret.of(password) : hash, hash)
        .then(right -> Outcome.done(right && possible));
  }

  /** Signs the account in. */
  Visitor open(Account account, Source from) {
    var now = ports.clock().instant();
    ConsoleSession session =
        new ConsoleSession(SessionId.random(), account.id(), now.plus(ConsoleSession.LIFE));
    ports.sessions().open(session, now, from);
    ports.note(account.id(), AccountLog.SIGNED_IN, from);
    return new Visitor(account, session, ports.team().memberships(account.id()));
  }

  /** The session counts no more, on any node. */
  public void signOut(Visitor visitor, Source from) {
    ports.sessions().close(visitor.session().id());
    ports.note(visitor.account().id(), "signed-out", from);
  }

  /** The account's other sessions count no more; answers how many there were. */
  public int signOutElsewhere(Visitor visitor, Source from) {
    AccountId account = visitor.account().id();
    ports.challenges().endAll(account);
    int ended = ports.sessions().closeOthers(account, visitor.session().id());
    ports.note(account, "signed-out-elsewhere", from);
    return ended;
  }

  /** Where the account is signed in, the newest first. */
  public List<Sessions.Listed> sessions(Visitor visitor) {
    return ports.sessions().list(visitor.account().id(), ports.clock().instant());
  }

  /** The newest of what became of the account. */
  public List<AccountLog.Entry> events(Visitor visitor) {
    return ports.accountLog().newest(visitor.account().id(), EVENTS_SHOWN);
  }

  /** Whose session it is, or null when it is over. */
  public @Nullable Visitor visitor(SessionId id) {
    return ports
        .sessions()
        .find(id, ports.clock().instant())
        .flatMap(
            session ->
                ports
                    .accounts()
                    .find(session.account())
                    .map(
                        known ->
                            new Visitor(
                                known.account(),
                                session,
                                ports.team().memberships(session.account()))))
        .orElse(null);
  }

  /** Changes the password and signs the account out everywhere; answers a new session. */
  public Outcome<Visitor> changePassword(
      Visitor visitor, String current, String next, Source from) {
    Account account = visitor.account();
    return Fields.password(next, "next")
        .then(
            password ->
                prove(account, new Proof(current, "current", from))
                    .then(proved -> hashing.hash(password)))
        .then(
            fresh ->
                ports
                    .work()
                    .atomically(
                        () -> {
                          replacePassword(account, fresh);
                          ports.note(account.id(), "password-changed", from);
                          return Outcome.done(open(account, from));
                        }));
  }

  /** The old password and all that came in with it count no more. */
  void replacePassword(Account account, Secret hash) {
    ports.accounts().changePassword(account.id(), hash);
    ports.sessions().closeAll(account.id());
    ports.challenges().endAll(account.id());
  }
}
