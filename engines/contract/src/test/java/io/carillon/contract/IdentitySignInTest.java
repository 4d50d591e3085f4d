package io.carillon.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.account.Account;
import io.carillon.core.account.AccountId;
import io.carillon.core.account.Accounts.Credentials;
import io.carillon.core.account.Admission;
import io.carillon.core.account.AttemptLimits;
import io.carillon.core.account.ConsolePorts;
import io.carillon.core.account.EmailAddress;
import io.carillon.core.account.HashingDesk;
import io.carillon.core.account.IdentityProvider;
import io.carillon.core.account.IdentitySignIn;
import io.carillon.core.account.Outcome;
import io.carillon.core.account.SecondFactors.Confirmation;
import io.carillon.core.account.SignIn;
import io.carillon.core.account.Source;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.model.Secret;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which account somebody gets who is known elsewhere. */
class IdentitySignInTest {
  private static final Source FROM = new Source("192.0.2.1");
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final EmailAddress EMAIL = new EmailAddress("anna@example.com");

  private final MemoryConsole console = new MemoryConsole();
  private final ConsolePorts ports = console.ports(() -> NOW);
  private final HashingDesk desk = new HashingDesk(new MarkedPasswords(), 1);
  private final AttemptLimits limits = new AttemptLimits(new HandTicker());
  private final SignIn signIn = new SignIn(ports, desk, limits);
  private final Known provider = new Known();
  private final IdentitySignIn identities = with(provider);

  private IdentitySignIn with(IdentityProvider used) {
    return new IdentitySignIn(
        ports,
        console.identities(),
        signIn,
        new IdentitySignIn.Guards(desk, limits),
        new IdentitySignIn.Way(used, () -> URI.create("https://console.example/callback")));
  }

  /** Says what it is told to. */
  private static final class Known implements IdentityProvider {
    private final List<Flow> begun = new ArrayList<>();
    private Identity identity = new Identity("https://id.example", "1", EMAIL);

    @Override
    public String label() {
      return "Known";
    }

    @Override
    public Outcome<URI> begin(Flow flow) {
      begun.add(flow);
      return Outcome.done(URI.create("https://id.example/authorize"));
    }

    @Override
    public Outcome<Identity> finish(Flow flow, String code) {
      assertThat(begun).contains(flow);
      return Outcome.done(identity);
    }
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

  private Outcome<Admission> come() {
    String token = done(identities.begin(FROM)).token();
    return identities.finish(token, provider.begun.getLast().state(), "code", FROM);
  }

  private Account in() {
    return ((Admission.Open) done(come())).visitor().account();
  }

  private Account account(boolean verified) {
    Account account = new Account(AccountId.random(), EMAIL, verified, NOW);
    ports.accounts().create(new Credentials(account, Secret.of("hash")));
    return account;
  }

  @Test
  void whoIsNewGetsAnAccountWithoutAPassword() {
    Account made = in();

    assertThat(made.email()).isEqualTo(EMAIL);
    assertThat(made.verified()).isTrue();
    refused(signIn.signIn(EMAIL.value(), "nobody's", FROM), ErrorCode.PASSWORD_WRONG);
    provider.identity = new IdentityProvider.Identity("https://id.example", "1", null);
    assertThat(in()).isEqualTo(made);
  }

  @Test
  void aConfirmedAddressIsLinked() {
    Account known = account(true);

    assertThat(in()).isEqualTo(known);
  }

  @Test
  void anAddressThatOneSideDidNotConfirmIsNot() {
    account(false);
    refused(come(), ErrorCode.ACCOUNT_UNCONFIRMED);
    provider.identity = new IdentityProvider.Identity("https://id.example", "1", null);
    refused(come(), ErrorCode.IDENTITY_UNCONFIRMED);
  }

  @Test
  void aSecondFactorIsAskedForHereToo() {
    Account known = account(true);
    ports.factors().begin(known.id(), Secret.of("JBSWY3DPEHPK3PXP"));
    ports.factors().confirm(known.id(), new Confirmation(NOW, 1, List.of()));

    assertThat(done(come())).isInstanceOf(Admission.CodeAsked.class);
  }

  @Test
  void onlyTheBrowserThatBeganCanEndIt() {
    String token = done(identities.begin(FROM)).token();
    String other = done(identities.begin(FROM)).token();

    refused(
        identities.finish(token, provider.begun.getLast().state(), "code", FROM),
        ErrorCode.IDENTITY_REFUSED);
    refused(identities.finish(token, "", "code", FROM), ErrorCode.IDENTITY_REFUSED);
    refused(
        identities.finish("", provider.begun.getLast().state(), "code", FROM),
        ErrorCode.IDENTITY_REFUSED);
    done(identities.finish(other, provider.begun.getLast().state(), "code", FROM));
    assertThat(provider.begun)
        .allSatisfy(
            flow -> {
              assertThat(flow.verifier()).matches("[0-9a-f]{64}");
              assertThat(List.of(flow.nonce(), flow.verifier())).doesNotContain(flow.state());
            });
  }

  @Test
  void withoutAProviderThereIsNoWay() {
    IdentitySignIn none =
        new IdentitySignIn(
            ports,
            console.identities(),
            signIn,
            new IdentitySignIn.Guards(desk, limits),
            new IdentitySignIn.Way(null, () -> URI.create("https://console.example")));

    assertThat(none.label()).isNull();
    refused(none.begin(FROM), ErrorCode.IDENTITY_REFUSED);
    refused(none.finish("t", "s", "c", FROM), ErrorCode.IDENTITY_REFUSED);
  }
}
