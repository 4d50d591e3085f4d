package io.carillon.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.account.AccountLog;
import io.carillon.core.account.Admission;
import io.carillon.core.account.Admission.CodeAsked;
import io.carillon.core.account.AttemptLimits;
import io.carillon.core.account.ConsolePorts;
import io.carillon.core.account.HashingDesk;
import io.carillon.core.account.Letters;
import io.carillon.core.account.Outcome;
import io.carillon.core.account.Registration;
import io.carillon.core.account.SignIn;
import io.carillon.core.account.Source;
import io.carillon.core.account.TwoFactor;
import io.carillon.core.account.Visitor;
import io.carillon.core.error.ErrorCode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Signing in by two steps, with time and an authenticator by hand. */
class TwoFactorTest {
  private static final String PASSWORD = "correct horse battery";
  private static final String EMAIL = "anna+1@example.com";
  private static final Source FROM = new Source("192.0.2.1", "Browser 1");

  private Instant now = Instant.parse("2026-11-21T12:00:00Z");
  private final HandTicker ticker = new HandTicker();
  private final ConsolePorts ports = new MemoryConsole().ports(() -> now);
  private final HashingDesk desk = new HashingDesk(new MarkedPasswords(), 1);
  private final AttemptLimits limits = new AttemptLimits(ticker);
  private final SignIn signIn = new SignIn(ports, desk, limits);
  private final TwoFactor twoFactor = new TwoFactor(ports, signIn, limits);
  private final BlockingQueue<String> links = new LinkedBlockingQueue<>();
  private final Registration registration =
      new Registration(
          ports,
          desk,
          limits,
          signIn,
          new Letters(mail -> links.add(mail.link()), () -> URI.create("https://console.example")));
  private Visitor anna;

  @BeforeEach
  void signUp() {
    anna = done(registration.signUp(new Registration.Form(EMAIL, PASSWORD, "Acme", null), FROM));
  }

  /** An authenticator with a secret. */
  private String code(String secret) {
    return Authenticator.code(secret, now);
  }

  private static <T> T done(Outcome<T> outcome) {
    return switch (outcome) {
      case Outcome.Done<T>(var value) -> value;
      case Outcome.Refused<T>(var problem) -> throw new AssertionError(problem);
    };
  }

  private static void refused(Outcome<?> outcome, ErrorCode code) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Refused.class, it -> assertThat(it.problem().code()).isEqualTo(code));
  }

  private void pass(Duration time) {
    now = now.plus(time);
    ticker.advance(time);
  }

  private record On(String secret, List<String> recovery) {}

  private On turnedOn() {
    String secret = done(twoFactor.begin(anna, PASSWORD, FROM)).secret();
    List<String> recovery = done(twoFactor.confirm(anna, code(secret), FROM));
    pass(Duration.ofMinutes(6));
    return new On(secret, recovery);
  }

  private String challenge() {
    return ((CodeAsked) done(signIn.signIn(EMAIL, PASSWORD, FROM))).token();
  }

  private List<String> noted() {
    return ports.accountLog().newest(anna.account().id(), 50).stream()
        .map(AccountLog.Entry::action)
        .toList();
  }

  @Test
  void aSecretCountsOnceACodeOfItWasConfirmed() {
    TwoFactor.Setup setup = done(twoFactor.begin(anna, PASSWORD, FROM));
    assertThat(setup.uri())
        .isEqualTo(
            "otpauth://totp/Carillon:anna%2B1%40example.com?secret="
                + setup.secret()
                + "&issuer=Carillon");
    refused(twoFactor.confirm(anna, "000000", FROM), ErrorCode.CODE_WRONG);
    assertThat(done(signIn.signIn(EMAIL, PASSWORD, FROM))).isInstanceOf(Admission.Open.class);

    List<String> recovery = done(twoFactor.confirm(anna, " " + code(setup.secret()), FROM));

    assertThat(recovery).hasSize(10).doesNotHaveDuplicates().allMatch(it -> it.length() == 19);
    assertThat(twoFactor.of(anna)).hasValueSatisfying(it -> assertThat(it.confirmed()).isTrue());
    assertThat(done(signIn.signIn(EMAIL, PASSWORD, FROM))).isInstanceOf(CodeAsked.class);
    refused(twoFactor.begin(anna, PASSWORD, FROM), ErrorCode.SECOND_FACTOR_STATE);
    refused(twoFactor.confirm(anna, code(setup.secret()), FROM), ErrorCode.SECOND_FACTOR_STATE);
  }

  @Test
  void settingUpNeedsThePassword() {
    refused(twoFactor.begin(anna, "wrong horse battery", FROM), ErrorCode.PASSWORD_WRONG);
    refused(twoFactor.confirm(anna, "000000", FROM), ErrorCode.SECOND_FACTOR_STATE);
  }

  @Test
  void turningItOnEndsOtherSessions() {
    Visitor other = ((Admission.Open) done(signIn.signIn(EMAIL, PASSWORD, FROM))).visitor();
    turnedOn();

    assertThat(signIn.visitor(other.session().id())).isNull();
    assertThat(signIn.visitor(anna.session().id())).isNotNull();
  }

  @Test
  void aCodeCountsOnceAndNotTheOneThatConfirmed() {
    String secret = done(twoFactor.begin(anna, PASSWORD, FROM)).secret();
    String confirming = code(secret);
    done(twoFactor.confirm(anna, confirming, FROM));
    refused(twoFactor.secondStep(challenge(), confirming, FROM), ErrorCode.CODE_WRONG);

    pass(Duration.ofSeconds(30));
    String code = code(secret);
    done(twoFactor.secondStep(challenge(), code, FROM));
    refused(twoFactor.secondStep(challenge(), code, FROM), ErrorCode.CODE_WRONG);
    refused(twoFactor.secondStep(challenge(), confirming, FROM), ErrorCode.CODE_WRONG);
  }

  @Test
  void aChallengeCountsOnceAndForFiveMinutesAndForFiveTries() {
    On on = turnedOn();
    String used = challenge();
    done(twoFactor.secondStep(used, code(on.secret()), FROM));
    pass(Duration.ofSeconds(30));
    refused(twoFactor.secondStep(used, code(on.secret()), FROM), ErrorCode.SIGN_IN_STALE);

    String old = challenge();
    pass(Duration.ofMinutes(5));
    refused(twoFactor.secondStep(old, code(on.secret()), FROM), ErrorCode.SIGN_IN_STALE);

    String guessed = challenge();
    for (int i = 0; i < 5; i++) {
      refused(twoFactor.secondStep(guessed, "00000" + i, FROM), ErrorCode.CODE_WRONG);
    }
    refused(twoFactor.secondStep(guessed, code(on.secret()), FROM), ErrorCode.SIGN_IN_STALE);
    refused(twoFactor.secondStep("no token", code(on.secret()), FROM), ErrorCode.SIGN_IN_STALE);
  }

  @Test
  void codesOfAnAccountAreLimitedOverAllChallengesAndAddresses() {
    On on = turnedOn();
    for (String challenge : List.of(challenge(), challenge())) {
      for (int i = 0; i < 5; i++) {
        Source from = new Source("198.51.100." + i);
        refused(twoFactor.secondStep(challenge, "00000" + i, from), ErrorCode.CODE_WRONG);
      }
    }

    refused(
        twoFactor.secondStep(challenge(), code(on.secret()), FROM), ErrorCode.TOO_MANY_ATTEMPTS);
  }

  @Test
  void aRecoveryCodeCountsOnceHoweverItIsTyped() {
    On on = turnedOn();
    String typed = on.recovery().getFirst().toUpperCase(Locale.ROOT).replace('-', ' ');

    done(twoFactor.secondStep(challenge(), typed, FROM));
    refused(twoFactor.secondStep(challenge(), typed, FROM), ErrorCode.CODE_WRONG);
    done(twoFactor.secondStep(challenge(), on.recovery().getLast(), FROM));

    assertThat(twoFactor.of(anna).orElseThrow().recoveryCodes()).isEqualTo(8);
  }

  @Test
  void turningItOffNeedsBoth() {
    On on = turnedOn();
    refused(
        twoFactor.turnOff(anna, "wrong horse battery", code(on.secret()), FROM),
        ErrorCode.PASSWORD_WRONG);
    refused(twoFactor.turnOff(anna, PASSWORD, "000000", FROM), ErrorCode.CODE_WRONG);

    done(twoFactor.turnOff(anna, PASSWORD, code(on.secret()), FROM));

    assertThat(done(signIn.signIn(EMAIL, PASSWORD, FROM))).isInstanceOf(Admission.Open.class);
    refused(
        twoFactor.turnOff(anna, PASSWORD, on.recovery().getFirst(), FROM),
        ErrorCode.SECOND_FACTOR_STATE);
  }

  @Test
  void aMailedLinkIsOneFactorOnly() throws Exception {
    On on = turnedOn();
    String before = challenge();
    registration.askReset(EMAIL, FROM);
    String link = links.poll(20, TimeUnit.SECONDS);
    while (link != null && !link.contains("/reset#")) {
      link = links.poll(20, TimeUnit.SECONDS);
    }
    String token = String.valueOf(link).substring(String.valueOf(link).indexOf('#') + 1);

    Admission admission = done(registration.reset(token, "another password", FROM));

    assertThat(admission).isInstanceOf(CodeAsked.class);
    assertThat(signIn.visitor(anna.session().id())).isNull();
    refused(twoFactor.secondStep(before, code(on.secret()), FROM), ErrorCode.SIGN_IN_STALE);
    done(twoFactor.secondStep(((CodeAsked) admission).token(), code(on.secret()), FROM));
  }

  @Test
  void whatBecameOfTheAccountIsWrittenDown() throws Exception {
    On on = turnedOn();
    refused(signIn.signIn(EMAIL, "wrong horse battery", FROM), ErrorCode.PASSWORD_WRONG);
    long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!noted().contains("sign-in-failed") && System.nanoTime() < patience) {
      Thread.onSpinWait();
    }
    String challenge = challenge();
    refused(twoFactor.secondStep(challenge, "000000", FROM), ErrorCode.CODE_WRONG);
    Visitor visitor = done(twoFactor.secondStep(challenge, on.recovery().getFirst(), FROM));
    signIn.signOutElsewhere(visitor, FROM);
    signIn.signOut(visitor, FROM);

    assertThat(noted().reversed())
        .containsExactly(
            "signed-up",
            "signed-in",
            "second-factor-on",
            "sign-in-failed",
            "code-asked",
            "code-wrong",
            "recovery-code-used",
            "signed-in",
            "signed-out-elsewhere",
            "signed-out");
    assertThat(ports.accountLog().newest(anna.account().id(), 1).getFirst().from()).isEqualTo(FROM);
  }
}
