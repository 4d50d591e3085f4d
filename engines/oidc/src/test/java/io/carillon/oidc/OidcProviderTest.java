package io.carillon.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.carillon.core.account.EmailAddress;
import io.carillon.core.account.IdentityProvider.Flow;
import io.carillon.core.account.IdentityProvider.Identity;
import io.carillon.core.account.Outcome;
import io.carillon.core.error.ErrorCode;
import io.carillon.oidc.TestProvider.Signer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The way to a provider and back, and tokens that do not count. */
class OidcProviderTest {
  private static final Flow FLOW =
      new Flow("state", "nonce", "v".repeat(64), URI.create("https://console.example/callback"));

  private TestProvider there;
  private OidcProvider provider;

  @BeforeEach
  void start() throws Exception {
    there = new TestProvider();
    provider = new OidcProvider(there.client());
  }

  @AfterEach
  void stop() {
    there.close();
  }

  private URI begun(Flow flow) {
    return switch (provider.begin(flow)) {
      case Outcome.Done<URI>(var to) -> to;
      case Outcome.Refused<URI>(var problem) -> throw new AssertionError(problem);
    };
  }

  private Outcome<Identity> finished() {
    return provider.finish(FLOW, there.authorize(begun(FLOW)));
  }

  private static void refused(Outcome<?> outcome, ErrorCode code) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Refused.class, it -> assertThat(it.problem().code()).isEqualTo(code));
  }

  private void refusedWith(Signer signer) {
    there.signer = signer;
    refused(finished(), ErrorCode.IDENTITY_REFUSED);
  }

  @Test
  void whoSignedInThereIsKnown() {
    URI to = begun(FLOW);
    assertThat(to.toString()).startsWith(there.issuer() + "/authorize?tenant=1&");
    assertThat(TestProvider.parameters(to.getRawQuery()))
        .containsAllEntriesOf(
            Map.of(
                "response_type", "code",
                "client_id", TestProvider.CLIENT,
                "redirect_uri", "https://console.example/callback",
                "scope", "openid email",
                "state", "state",
                "nonce", "nonce",
                "code_challenge_method", "S256"))
        .doesNotContainValue(FLOW.verifier());

    assertThat(finished())
        .isEqualTo(
            Outcome.done(
                new Identity(
                    there.issuer().toString(),
                    "anna-at-the-provider",
                    new EmailAddress("anna@example.com"))));
  }

  @Test
  void anAddressCountsOnlyWhenTheProviderConfirmsIt() {
    for (Object verified : new Object[] {false, "false", 1}) {
      there.signer =
          claims ->
              TestProvider.signed(claims.claim("email_verified", verified).build(), there.key);
      assertThat(finished())
          .isInstanceOfSatisfying(
              Outcome.Done.class, it -> assertThat(((Identity) it.value()).email()).isNull());
    }
    there.signer =
        claims -> TestProvider.signed(claims.claim("email_verified", null).build(), there.key);
    assertThat(finished())
        .isInstanceOfSatisfying(
            Outcome.Done.class, it -> assertThat(((Identity) it.value()).email()).isNull());
  }

  @Test
  void aTokenOfAnotherSignInDoesNotCount() {
    refusedWith(claims -> TestProvider.signed(claims.claim("nonce", "other").build(), there.key));
    refusedWith(claims -> TestProvider.signed(claims.claim("nonce", null).build(), there.key));
  }

  @Test
  void aTokenForOthersDoesNotCount() {
    refusedWith(claims -> TestProvider.signed(claims.audience("other").build(), there.key));
    refusedWith(
        claims ->
            TestProvider.signed(
                claims.audience(List.of(TestProvider.CLIENT, "other")).build(), there.key));
    refusedWith(claims -> TestProvider.signed(claims.claim("azp", "other").build(), there.key));
    refusedWith(
        claims -> TestProvider.signed(claims.issuer("https://other.example").build(), there.key));
  }

  @Test
  void aTokenOutOfItsTimeDoesNotCount() {
    Instant old = Instant.now().minus(Duration.ofMinutes(5));
    refusedWith(
        claims -> TestProvider.signed(claims.expirationTime(Date.from(old)).build(), there.key));
    refusedWith(claims -> TestProvider.signed(claims.expirationTime(null).build(), there.key));
    refusedWith(
        claims ->
            TestProvider.signed(
                claims.notBeforeTime(Date.from(Instant.now().plusSeconds(600))).build(),
                there.key));
  }

  @Test
  void onlyTheProvidersPublicKeysSign() throws Exception {
    RSAKey other = new RSAKeyGenerator(2048).keyID("1").generate();
    refusedWith(claims -> new PlainJWT(claims.build()).serialize());
    refusedWith(claims -> TestProvider.signed(claims.build(), other));
    for (byte[] shared :
        List.of(
            (TestProvider.SECRET + " ".repeat(32)).getBytes(UTF_8),
            there.key.toRSAPublicKey().getEncoded())) {
      refusedWith(
          claims -> {
            SignedJWT token =
                new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("1").build(), claims.build());
            token.sign(new MACSigner(shared));
            return token.serialize();
          });
    }
    refusedWith(claims -> "no token");
  }

  @Test
  void aCodeCountsOnceAndWithItsVerifier() {
    String code = there.authorize(begun(FLOW));
    Flow others = new Flow("state", "nonce", "w".repeat(64), FLOW.redirect());
    refused(provider.finish(others, code), ErrorCode.IDENTITY_REFUSED);
    refused(provider.finish(FLOW, code), ErrorCode.IDENTITY_REFUSED);
    refused(provider.finish(FLOW, "made up"), ErrorCode.IDENTITY_REFUSED);
  }

  @Test
  void aProviderThatIsNotThereOrIsAnotherIsSaid() {
    there.discoveredIssuer = "https://other.example";
    refused(provider.begin(FLOW), ErrorCode.IDENTITY_PROVIDER_UNAVAILABLE);
    there.discoveredIssuer = there.issuer().toString();
    assertThat(begun(FLOW)).isNotNull();

    there.close();
    refused(provider.finish(FLOW, "code"), ErrorCode.IDENTITY_PROVIDER_UNAVAILABLE);
    refused(new OidcProvider(there.client()).begin(FLOW), ErrorCode.IDENTITY_PROVIDER_UNAVAILABLE);
  }
}
