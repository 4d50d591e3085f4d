package io.carillon.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.net.MalformedURLException;
import java.net.URI;
import java.text.ParseException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads ID tokens as OpenID Connect Core 1.0, section 3.1.3.7, asks it: signed with a key that the
 * provider publishes, by an algorithm of public keys; of this issuer, for this client, and in
 * force. Keys are kept for some minutes, and asked for again when one is unknown, not too often.
 * Thread- safe.
 */
final class IdTokens {
  /** Neither none nor HMAC: the provider's public keys and the client's secret sign nothing. */
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  private static final int PATIENCE_MILLIS = (int) ProviderHttp.PATIENCE.toMillis();

  private final OidcClient client;
  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

  IdTokens(OidcClient client, URI keys) throws ProviderException {
    this.client = client;
    try {
      var retriever =
          new DefaultResourceRetriever(PATIENCE_MILLIS, PATIENCE_MILLIS, ProviderHttp.ANSWER_MAX);
      processor.setJWSKeySelector(
          new JWSVerificationKeySelector<>(
              ALGORITHMS,
              JWKSourceBuilder.create(keys.toURL(), retriever).refreshAheadCache(false).build()));
    } catch (MalformedURLException e) {
      throw new ProviderException("jwks_uri: " + keys + " (expected: an address)", e);
    }
    processor.setJWTClaimsSetVerifier(
        new DefaultJWTClaimsVerifier<>(
            client.id(),
            new JWTClaimsSet.Builder().issuer(client.issuer().toString()).build(),
            Set.of("sub", "exp", "iat", "nonce")));
  }

  JWTClaimsSet claims(String token) throws InvalidTokenException, ProviderException {
    try {
      JWTClaimsSet claims = processor.process(token, null);
      Object party = claims.getClaim("azp");
      if (claims.getAudience().size() > 1 ? !client.id().equals(party) : isOthers(party)) {
        throw new InvalidTokenException("azp: " + party + " (expected: " + client.id() + ")");
      }
      return claims;
    } catch (ParseException | BadJOSEException e) {
      throw new InvalidTokenException(e);
    } catch (JOSEException e) {
      throw new ProviderException("the provider's keys cannot be used", e);
    }
  }

  private boolean isOthers(@Nullable Object party) {
    return party != null && !client.id().equals(party);
  }
}
