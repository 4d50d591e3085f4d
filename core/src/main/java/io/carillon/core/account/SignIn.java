package io.carillon.core.account;

import io.carillon.core.account.Accounts.Credentials;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.Secret;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Coming in and going out, for people who have an account. Calls block. Thread-safe. */
public final class SignIn {
  private final ConsolePorts ports;
  private final HashingDesk hashing;
  private final AttemptLimits limits;

  public SignIn(ConsolePorts ports, HashingDesk hashing, AttemptLimits limits) {
    this.ports = ports;
    this.hashing = hashing;
    this.limits = limits;
  }

  /** A new session, when the password is the account's; the same refusal for every reason. */
  public Outcome<Visitor> signIn(String email, String password, Source from) {
    Optional<EmailAddress> address = EmailAddress.parse(email);
    Problem tooMany =
        address.isPresent() ? limits.attempt(from, address.get()) : limits.attempt(from);
    if (tooMany != null) {
      return Outcome.refused(tooMany);
    }
    Optional<Credentials> known = address.flatMap(ports.accounts()::find);
    // hashed where there is no account too, so that the time does not tell who has one
    return isRight(password, known.map(Credentials::hash).orElseGet(hashing::nobodys))
        .then(
            right ->
                right && known.isPresent()
                    ? Outcome.done(open(known.get().account()))
                    : Outcome.refused(ErrorCode.PASSWORD_WRONG));
  }

  private Outcome<Boolean> isRight(String password, Secret hash) {
    // a longer one is nobody's, and need not be copied about
    boolean possible = !password.isEmpty() && password.length() <= 2 * Fields.PASSWORD_MAX;
    return hashing
        .matches(possible ? Secret.of(password) : hash, hash)
        .then(right -> Outcome.done(right && possible));
  }

  /** Signs the account in. */
  Visitor open(Account account) {
    var now = ports.clock().instant();
    ConsoleSession session =
        new ConsoleSession(SessionId.random(), account.id(), now.plus(ConsoleSession.LIFE));
    ports.sessions().open(session, now);
    return new Visitor(account, session, ports.team().memberships(account.id()));
  }

  /** The session counts no more, on any node. */
  public void signOut(SessionId session) {
    ports.sessions().close(session);
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
    Problem tooMany = limits.attempt(from, account.email());
    if (tooMany != null) {
      return Outcome.refused(tooMany);
    }
    Secret hash =
        ports.accounts().find(account.id()).map(Credentials::hash).orElseGet(hashing::nobodys);
    return Fields.password(next, "next")
        .then(
            password ->
                isRight(current, hash)
                    .then(
                        right ->
                            right
                                ? hashing.hash(password)
                                : Outcome.refused(
                                    Problem.of(ErrorCode.PASSWORD_WRONG).at("/current"))))
        .then(fresh -> Outcome.done(replacePassword(account, fresh)));
  }

  /** The old password and all that came in with it count no more. */
  Visitor replacePassword(Account account, Secret hash) {
    return ports
        .work()
        .atomically(
            () -> {
              ports.accounts().changePassword(account.id(), hash);
              ports.sessions().closeAll(account.id());
              return open(account);
            });
  }
}
