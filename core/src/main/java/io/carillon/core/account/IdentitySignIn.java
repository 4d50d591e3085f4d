package io.carillon.core.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.core.account.Accounts.Credentials;
import io.carillon.core.account.IdentityProvider.Flow;
import io.carillon.core.account.IdentityProvider.Identity;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import java.net.URI;
import java.security.MessageDigest;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Signing in by a provider of identities. The browser keeps a token, of which state, nonce and
 * verifier are digests: nothing is kept here meanwhile, and any node can end what another one
 * began. Calls block. Thread-safe.
 */
public final class IdentitySignIn {
  private final ConsolePorts ports;
  private final Identities identities;
  private final SignIn signIn;
  private final Guards guards;
  private final @Nullable IdentityProvider provider;
  private final Supplier<URI> redirect;

  /**
   * What passwords are guarded by.
   *
   * @param hashing for the hash of an account that has no password
   */
  public record Guards(HashingDesk hashing, AttemptLimits limits) {}

  /**
   * The provider, if there is one.
   *
   * @param redirect where browsers come back to; asked for each time
   */
  public record Way(@Nullable IdentityProvider provider, Supplier<URI> redirect) {}

  public IdentitySignIn(
      ConsolePorts ports, Identities identities, SignIn signIn, Guards guards, Way way) {
    this.ports = ports;
    this.identities = identities;
    this.signIn = signIn;
    this.guards = guards;
    this.provider = way.provider();
    this.redirect = way.redirect();
  }

  /**
   * Somebody on the way to the provider.
   *
   * @param token which their browser keeps
   */
  public record Begun(String token, URI to) {
    /** Leaves the token out. */
    @Override
    public String toString() {
      return "Begun(hidden)";
    }
  }

  /** What the provider is called; null when there is none. */
  public @Nullable String label() {
    return provider == null ? null : provider.label();
  }

  public Outcome<Begun> begin(Source from) {
    Problem tooMany = guards.limits().attempt(from);
    if (tooMany != null || provider == null) {
      return Outcome.refused(tooMany == null ? noProvider() : tooMany);
    }
    String token = OneTimeToken.random();
    return provider.begin(flow(token)).then(to -> Outcome.done(new Begun(token, to)));
  }

  private static Problem noProvider() {
    return Problem.of(ErrorCode.IDENTITY_REFUSED, "no provider is set");
  }

  private Flow flow(String token) {
    return new Flow(
        OneTimeToken.digest("state " + token),
        OneTimeToken.digest("nonce " + token),
        OneTimeToken.digest("verifier " + token),
        redirect.get());
  }

  /** In, for whoever comes back with the state of the token that their browser kept. */
  public Outcome<Admission> finish(String token, String state, String code, Source from) {
    Problem tooMany = guards.limits().attempt(from);
    if (tooMany != null || provider == null) {
      return Outcome.refused(tooMany == null ? noProvider() : tooMany);
    }
    Flow flow = flow(token);
    if (!MessageDigest.isEqual(flow.state().getBytes(UTF_8), state.getBytes(UTF_8))) {
      return Outcome.refused(
          Problem.of(ErrorCode.IDENTITY_REFUSED, "another browser, or too long ago"));
    }
    return provider
        .finish(flow, code)
        .then(identity -> ports.work().atomically(() -> account(identity, from)))
        .then(account -> Outcome.done(signIn.admit(account, from)));
  }

  private Outcome<Account> account(Identity identity, Source from) {
    Optional<Account> known =
        identities
            .find(identity.issuer(), identity.subject())
            .flatMap(ports.accounts()::find)
            .map(Credentials::account);
    if (known.isPresent()) {
      return Outcome.done(known.get());
    }
    EmailAddress email = identity.email();
    return email == null
        ? Outcome.refused(ErrorCode.IDENTITY_UNCONFIRMED)
        : ofAddress(email, from).then(account -> linked(account, identity, from));
  }

  /**
   * An account with an address that nobody confirmed may be anybody's who typed it in: it is not
   * opened to the address's owner, nor its maker let into theirs.
   */
  private Outcome<Account> ofAddress(EmailAddress email, Source from) {
    Optional<Account> known = ports.accounts().find(email).map(Credentials::account);
    if (known.isPresent()) {
      return known.get().verified()
          ? Outcome.done(known.get())
          : Outcome.refused(ErrorCode.ACCOUNT_UNCONFIRMED);
    }
    var now = ports.clock().instant().truncatedTo(ChronoUnit.MICROS);
    Account made = new Account(AccountId.random(), email, true, now);
    if (!ports.accounts().create(new Credentials(made, guards.hashing().nobodys()))) {
      return Outcome.refused(ErrorCode.ACCOUNT_UNCONFIRMED);
    }
    ports.note(made.id(), "signed-up", from);
    return Outcome.done(made);
  }

  private Outcome<Account> linked(Account account, Identity identity, Source from) {
    var now = ports.clock().instant().truncatedTo(ChronoUnit.MICROS);
    if (!identities.link(identity.issuer(), identity.subject(), account.id(), now)) {
      return Outcome.refused(Problem.of(ErrorCode.IDENTITY_REFUSED, "it is another account's"));
    }
    ports.note(account.id(), "identity-linked", from);
    return Outcome.done(account);
  }
}
