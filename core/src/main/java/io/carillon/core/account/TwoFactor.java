package io.carillon.core.account;

import io.carillon.core.account.Accounts.Credentials;
import io.carillon.core.account.SecondFactors.Confirmation;
import io.carillon.core.account.SecondFactors.Factor;
import io.carillon.core.account.SignIn.Proof;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The second factor of an account: codes of an authenticator, and recovery codes for whoever has
 * lost it. A code counts once. Calls block. Thread-safe.
 */
public final class TwoFactor {
  static final int RECOVERY_CODES = 10;

  /** 80 bits: nobody guesses one, so that a fast digest is enough to keep. */
  private static final int RECOVERY_LENGTH = 16;

  private static final int RECOVERY_GROUP = 4;
  private static final int CODE_MAX = 64;

  private final ConsolePorts ports;
  private final SignIn signIn;
  private final AttemptLimits limits;

  public TwoFactor(ConsolePorts ports, SignIn signIn, AttemptLimits limits) {
    this.ports = ports;
    this.signIn = signIn;
    this.limits = limits;
  }

  /**
   * What an authenticator is given.
   *
   * @param secret in Base32, to type it
   * @param uri {@code otpauth:}, for a picture of it
   */
  public record Setup(String secret, String uri) {
    /** Leaves the secret out. */
    @Override
    public String toString() {
      return "Setup(hidden)";
    }
  }

  /** The factor, if it was confirmed. */
  public Optional<Factor> of(Visitor visitor) {
    return ports.factors().find(visitor.account().id()).filter(Factor::confirmed);
  }

  /** A secret that counts once a code of it was confirmed. */
  public Outcome<Setup> begin(Visitor visitor, String password, Source from) {
    return signIn
        .prove(visitor.account(), new Proof(password, "password", from))
        .then(
            account -> {
              String secret = Totp.newSecret();
              return ports.factors().begin(account.id(), Secret.of(secret))
                  ? Outcome.done(new Setup(secret, uri(account, secret)))
                  : Outcome.refused(state("on", "off"));
            });
  }

  private static String uri(Account account, String secret) {
    String label = URLEncoder.encode(account.email().value(), StandardCharsets.UTF_8);
    return "otpauth://totp/Carillon:" + label + "?secret=" + secret + "&issuer=Carillon";
  }

  private static Problem state(String is, String expected) {
    return Problem.of(ErrorCode.SECOND_FACTOR_STATE, is + " (expected: " + expected + ")");
  }

  /** Turns the factor on and signs out elsewhere; answers the recovery codes, this once. */
  public Outcome<List<String>> confirm(Visitor visitor, String code, Source from) {
    Account account = visitor.account();
    Optional<Factor> waiting =
        ports.factors().find(account.id()).filter(factor -> !factor.confirmed());
    if (waiting.isEmpty()) {
      return Outcome.refused(state("not begun", "begun and not confirmed"));
    }
    Problem tooMany = limits.attemptCode(from, account.email());
    if (tooMany != null) {
      return Outcome.refused(tooMany);
    }
    OptionalLong step = step(waiting.get(), code);
    return step.isEmpty()
        ? Outcome.refused(wrong())
        : ports.work().atomically(() -> confirmed(visitor, step.getAsLong(), from));
  }

  private Outcome<List<String>> confirmed(Visitor visitor, long step, Source from) {
    AccountId account = visitor.account().id();
    List<String> codes =
        Stream.generate(() -> Totp.randomText(RECOVERY_LENGTH).toLowerCase(Locale.ROOT))
            .limit(RECOVERY_CODES)
            .toList();
    List<String> digests = codes.stream().map(code -> digest(account, code)).toList();
    var now = ports.clock().instant().truncatedTo(ChronoUnit.MICROS);
    if (!ports.factors().confirm(account, new Confirmation(now, step, digests))) {
      return Outcome.refused(state("not begun", "begun and not confirmed"));
    }
    ports.sessions().closeOthers(account, visitor.session().id());
    ports.note(account, "second-factor-on", from);
    return Outcome.done(codes.stream().map(TwoFactor::grouped).toList());
  }

  /** The codes are told apart by account, so that two with one code do not show it. */
  private static String digest(AccountId account, String code) {
    return OneTimeToken.digest(account + " " + code);
  }

  private static String grouped(String code) {
    return code.replaceAll(".{" + RECOVERY_GROUP + "}(?!$)", "$0-");
  }

  /** Turns the factor off; its codes and recovery codes count no more. */
  public Outcome<AccountId> turnOff(Visitor visitor, String password, String code, Source from) {
    return provedTwice(visitor, password, code, from)
        .then(
            account ->
                ports
                    .work()
                    .atomically(
                        () -> {
                          ports.factors().remove(account.id());
                          ports.note(account.id(), "second-factor-off", from);
                          return Outcome.done(account.id());
                        }));
  }

  private Outcome<Account> provedTwice(Visitor visitor, String password, String code, Source from) {
    Optional<Factor> factor = of(visitor);
    return factor.isEmpty()
        ? Outcome.refused(state("off", "on"))
        : signIn
            .prove(visitor.account(), new Proof(password, "password", from))
            .then(account -> counted(account, code, from));
  }

  /** The password, and the code where there is a factor, for what cannot be undone. */
  Outcome<Account> prove(Visitor visitor, Proof proof, String code) {
    return of(visitor).isPresent()
        ? provedTwice(visitor, proof.password(), code, proof.from())
        : signIn.prove(visitor.account(), proof);
  }

  /** The code of whoever is half in; a session when it is right. */
  public Outcome<Visitor> secondStep(String token, String code, Source from) {
    Problem tooMany = limits.attempt(from);
    if (tooMany != null) {
      return Outcome.refused(tooMany);
    }
    String digest = OneTimeToken.digest(token);
    Optional<Account> account =
        ports
            .challenges()
            .attempt(digest, ports.clock().instant())
            .flatMap(ports.accounts()::find)
            .map(Credentials::account);
    if (account.isEmpty()) {
      return Outcome.refused(ErrorCode.SIGN_IN_STALE);
    }
    return counted(account.get(), code, from)
        .then(
            proved ->
                ports
                    .work()
                    .atomically(
                        () ->
                            ports.challenges().end(digest)
                                ? Outcome.done(signIn.open(proved, from))
                                : Outcome.refused(ErrorCode.SIGN_IN_STALE)));
  }

  /** Whether the code is one of the account's that was not used; it is used now. */
  private Outcome<Account> counted(Account account, String code, Source from) {
    Problem tooMany = limits.attemptCode(from, account.email());
    if (tooMany != null) {
      return Outcome.refused(tooMany);
    }
    AccountId id = account.id();
    OptionalLong step =
        ports
            .factors()
            .find(id)
            .filter(Factor::confirmed)
            .map(factor -> step(factor, code))
            .orElseGet(OptionalLong::empty);
    if (step.isPresent() && ports.factors().use(id, step.getAsLong())) {
      return Outcome.done(account);
    }
    if (ports.factors().useRecovery(id, digest(id, plain(code)))) {
      ports.note(id, "recovery-code-used", from);
      return Outcome.done(account);
    }
    ports.note(id, "code-wrong", from);
    return Outcome.refused(wrong());
  }

  private static Problem wrong() {
    return Problem.of(ErrorCode.CODE_WRONG).at("/code");
  }

  private OptionalLong step(Factor factor, String code) {
    String secret = new String(factor.secret().reveal(), StandardCharsets.US_ASCII);
    return Totp.step(Totp.bytes(secret), plain(code), ports.clock().instant());
  }

  /** As it was shown or typed: groups and capitals mean nothing. */
  private static String plain(String code) {
    return code.length() > CODE_MAX ? "" : code.replaceAll("[\\s-]", "").toLowerCase(Locale.ROOT);
  }
}
