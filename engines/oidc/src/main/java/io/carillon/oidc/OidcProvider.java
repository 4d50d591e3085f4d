package io.carillon.oidc;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.nimbusds.jwt.JWTClaimsSet;
import io.carillon.core.account.EmailAddress;
import io.carillon.core.account.IdentityProvider;
import io.carillon.core.account.Outcome;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * OpenID Connect Core 1.0 by the authorization code flow with PKCE (RFC 7636). What the provider
 * publishes about itself is read when it is needed first, and again an hour later. Thread-safe.
 */
public final class OidcProvider implements IdentityProvider {
  private static final Logger LOG = LoggerFactory.getLogger(OidcProvider.class);
  private static final String SCOPE = "openid email";

  private final OidcClient client;
  private final ProviderEndpoints endpoints;
  private final TokenRequest tokens;

  public OidcProvider(OidcClient client) {
    ProviderHttp http = new ProviderHttp();
    this.client = client;
    this.endpoints = new ProviderEndpoints(client, http);
    this.tokens = new TokenRequest(client, http);
  }

  @Override
  public String label() {
    return client.label();
  }

  @Override
  public Outcome<URI> begin(Flow flow) {
    try {
      URI authorization = endpoints.get().authorization();
      Map<String, String> query =
          Map.of(
              "response_type", "code",
              "client_id", client.id(),
              "redirect_uri", flow.redirect().toString(),
              "scope", SCOPE,
              "state", flow.state(),
              "nonce", flow.nonce(),
              "code_challenge", challenge(flow.verifier()),
              "code_challenge_method", "S256");
      String separator = authorization.getRawQuery() == null ? "?" : "&";
      return Outcome.done(URI.create(authorization + separator + ProviderHttp.form(query)));
    } catch (ProviderException e) {
      return unreachable(e);
    }
  }

  private static String challenge(String verifier) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public Outcome<Identity> finish(Flow flow, String code) {
    try {
      ProviderEndpoints.Published published = endpoints.get();
      Optional<String> token = tokens.redeem(published, flow, code);
      if (token.isEmpty()) {
        return refused("the code was not taken");
      }
      JWTClaimsSet claims = published.tokens().claims(token.get());
      String nonce = claims.getStringClaim("nonce");
      return isSame(flow.nonce(), nonce)
          ? Outcome.done(identity(claims))
          : refused("the nonce is of another sign-in");
    } catch (InvalidTokenException | ParseException e) {
      LOG.info("An ID token of {} does not count: {}", client.issuer(), e.getMessage());
      return refused("the ID token does not count");
    } catch (ProviderException e) {
      return unreachable(e);
    }
  }

  private Identity identity(JWTClaimsSet claims) throws ParseException {
    String email = claims.getStringClaim("email");
    // some write it as text
    boolean verified = "true".equals(String.valueOf(claims.getClaim("email_verified")));
    EmailAddress address =
        email == null || !verified ? null : EmailAddress.parse(email).orElse(null);
    return new Identity(claims.getIssuer(), claims.getSubject(), address);
  }

  private static boolean isSame(String expected, @Nullable String said) {
    return said != null
        && MessageDigest.isEqual(expected.getBytes(US_ASCII), said.getBytes(US_ASCII));
  }

  private static <T> Outcome<T> refused(String why) {
    return Outcome.refused(Problem.of(ErrorCode.IDENTITY_REFUSED, why));
  }

  private <T> Outcome<T> unreachable(ProviderException e) {
    LOG.warn("The identity provider {} cannot be used: {}", client.issuer(), e.getMessage());
    return Outcome.refused(ErrorCode.IDENTITY_PROVIDER_UNAVAILABLE);
  }
}
