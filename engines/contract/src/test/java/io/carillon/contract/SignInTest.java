package io.carillon.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.account.Admission;
import io.carillon.core.account.AttemptLimits;
import io.carillon.core.account.ConsolePorts;
import io.carillon.core.account.ConsoleSession;
import io.carillon.core.account.HashingDesk;
import io.carillon.core.account.Letters;
import io.carillon.core.account.Mailer.Mail;
import io.carillon.core.account.Outcome;
import io.carillon.core.account.Registration;
import io.carillon.core.account.SignIn;
import io.carillon.core.account.Source;
import io.carillon.core.account.Visitor;
import io.carillon.core.error.ErrorCode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Signing up and in, with time by hand and hashing that counts. */
class SignInTest {
  private static final String PASSWORD = "correct horse battery";
  private static final Source FROM = new Source("192.0.2.1");

  private Instant now = Instant.parse("2026-11-21T12:00:00Z");
  private final ConsolePorts ports = new MemoryConsole().ports(() -> now);
  private final MarkedPasswords hashing = new MarkedPasswords();
  private final HashingDesk desk = new HashingDesk(hashing, 1);
  private final AttemptLimits limits = new AttemptLimits(new HandTicker());
  private final SignIn signIn = new SignIn(ports, desk, limits);
  private final BlockingQueue<Mail> mails = new LinkedBlockingQueue<>();
  private final Registration registration =
      new Registration(
          ports,
          desk,
          limits,
          signIn,
          new Letters(mails::add, () -> URI.create("https://console.example")));

  private Visitor signedUp() {
    return done(
        registration.signUp(
            new Registration.Form("anna@example.com", PASSWORD, "Acme", null), FROM));
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

  @Test
  void anUnknownAccountCostsTheSameWork() {
    signedUp();
    refused(signIn.signIn("anna@example.com", "wrong", FROM), ErrorCode.PASSWORD_WRONG);
    refused(signIn.signIn("nobody@example.com", "wrong", FROM), ErrorCode.PASSWORD_WRONG);
    refused(signIn.signIn("no address", "wrong", FROM), ErrorCode.PASSWORD_WRONG);
    refused(signIn.signIn("anna@example.com", "", FROM), ErrorCode.PASSWORD_WRONG);
    refused(signIn.signIn("anna@example.com", "x".repeat(9_999), FROM), ErrorCode.PASSWORD_WRONG);

    assertThat(hashing.compared).isEqualTo(5);
  }

  @Test
  void whatIsSentAsPasswordIsNeverTheHashItself() {
    signedUp();

    refused(
        signIn.signIn("anna@example.com", "hashed " + PASSWORD, FROM), ErrorCode.PASSWORD_WRONG);
  }

  @Test
  void aSessionEndsByTime() {
    Visitor visitor = signedUp();
    assertThat(signIn.visitor(visitor.session().id())).isEqualTo(visitor);

    now = now.plus(ConsoleSession.LIFE).plus(Duration.ofMillis(1));

    assertThat(signIn.visitor(visitor.session().id())).isNull();
  }

  @Test
  void aMailedLinkEndsByTime() throws Exception {
    signedUp();
    registration.askReset("nobody@example.com", FROM);
    String link = mail("verify");
    assertThat(link).startsWith("https://console.example/verify#");

    now = now.plus(Duration.ofDays(8));

    refused(
        registration.verify(link.substring(link.indexOf('#') + 1), FROM), ErrorCode.LINK_INVALID);
  }

  @Test
  void aLinkIsNotUsedUpByAPasswordThatIsTooShort() throws Exception {
    signedUp();
    registration.askReset("anna@example.com", FROM);
    String link = mail("reset");
    String token = link.substring(link.indexOf('#') + 1);

    refused(registration.reset(token, "short", FROM), ErrorCode.BAD_REQUEST);
    Visitor visitor =
        ((Admission.Open) done(registration.reset(token, "another password", FROM))).visitor();

    assertThat(visitor.account().verified()).isTrue();
    done(signIn.signIn("anna@example.com", "another password", FROM));
    refused(registration.reset(token, "another password", FROM), ErrorCode.LINK_INVALID);
  }

  /** The link of a mail that is sent at any moment. */
  private String mail(String page) throws InterruptedException {
    while (true) {
      Mail mail = mails.poll(20, TimeUnit.SECONDS);
      if (mail == null) {
        throw new AssertionError("no mail about " + page);
      }
      if (mail.link().contains("/" + page + "#")) {
        return mail.link();
      }
    }
  }

  @Test
  void aGuesserIsTurnedAwayBeforeAnythingIsHashed() {
    signedUp();
    for (int i = 0; i < 10; i++) {
      signIn.signIn("anna@example.com", "guess", new Source("198.51.100." + i));
    }
    int compared = hashing.compared;
    Source another = new Source("203.0.113.5");

    refused(signIn.signIn("anna@example.com", PASSWORD, another), ErrorCode.TOO_MANY_ATTEMPTS);
    assertThat(hashing.compared).isEqualTo(compared);
  }

  /** Otherwise ten requests in five minutes would lock anybody out whose address is known. */
  @Test
  void aGuesserDoesNotKeepTheOwnerOut() {
    Visitor visitor = signedUp();
    for (int i = 0; i < 12; i++) {
      signIn.signIn("anna@example.com", "guess", new Source("198.51.100." + i));
      registration.askReset("anna@example.com", new Source("198.51.100." + i));
    }

    done(signIn.signIn("anna@example.com", PASSWORD, FROM));
    done(signIn.changePassword(visitor, PASSWORD, "another password", FROM));
    Source stranger = new Source("203.0.113.5");
    refused(signIn.signIn("anna@example.com", "x", stranger), ErrorCode.TOO_MANY_ATTEMPTS);
    refused(signIn.signIn("nobody@example.com", "x", stranger), ErrorCode.PASSWORD_WRONG);
  }

  /** Where the owner comes from is one more address, which guesses as little as the others. */
  @Test
  void anAddressOfTheOwnersGuessesNoMoreThanOthers() {
    signedUp();
    int refusedAt = 0;
    for (int i = 1; i <= 30 && refusedAt == 0; i++) {
      Outcome<Admission> outcome = signIn.signIn("anna@example.com", "guess", FROM);
      if (outcome instanceof Outcome.Refused<Admission>(var problem)
          && problem.code() == ErrorCode.TOO_MANY_ATTEMPTS) {
        refusedAt = i;
      }
    }

    assertThat(refusedAt).isEqualTo(21);
  }
}
