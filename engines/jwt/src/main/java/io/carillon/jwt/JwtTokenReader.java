package io.carillon.jwt;

import com.nimbusds.jose.JOSEException;
import io.carillon.core.auth.ClientToken;
import io.carillon.core.auth.TokenReader;
import io.carillon.core.auth.TokenVerdict;
import io.carillon.core.auth.TokenVerdict.Refused;
import io.carillon.core.auth.TokenVerdict.Valid;
import io.carillon.core.engine.Directory;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.ApiKey;
import io.carillon.core.model.App;
import io.carillon.core.runtime.Ticker;
import java.util.Objects;

/**
 * Reads client tokens that are JWTs. The key that {@code kid} names decides the application; no
 * other part of a token does. Thread-safe.
 */
public final class JwtTokenReader implements TokenReader {
  private static final long SKEW = ClientToken.CLOCK_SKEW.toSeconds();
  private static final long MAX_LIFE = ClientToken.MAX_LIFE.toSeconds();

  private final Directory directory;
  private final Ticker ticker;
  private final KnownHeaders headers = new KnownHeaders();
  private final SharedCapabilities capabilities = new SharedCapabilities();

  public JwtTokenReader(Directory directory, Ticker ticker) {
    this.directory = directory;
    this.ticker = ticker;
  }

  @Override
  public TokenVerdict read(String token) {
    try {
      SignedText signed = SignedText.of(token, headers);
      TokenVerdict verdict = read(signed);
      return verdict instanceof Refused refused
          ? new Refused(refused.problem(), signed.key())
          : verdict;
    } catch (MalformedTokenException e) {
      return refused(ErrorCode.TOKEN_INVALID, Objects.requireNonNull(e.getMessage()));
    }
  }

  private TokenVerdict read(SignedText signed) {
    try {
      App app = directory.appOfKey(signed.key());
      ApiKey key = app == null ? null : app.key(signed.key());
      if (app == null || key == null) {
        return refused(
            ErrorCode.TOKEN_KEY_UNKNOWN, "kid: " + signed.key() + " (expected: an active key)");
      }
      if (!signed.isSignedBy(key)) {
        return refused(
            ErrorCode.TOKEN_INVALID, "its signature (expected: that of the key " + key.id() + ")");
      }
      return inForce(app, key, signed.claims());
    } catch (MalformedTokenException e) {
      return refused(ErrorCode.TOKEN_INVALID, Objects.requireNonNull(e.getMessage()));
    } catch (JOSEException e) {
      throw new IllegalStateException("HMAC-SHA256 is part of every Java platform", e);
    }
  }

  private TokenVerdict inForce(App app, ApiKey key, Claims claims) throws MalformedTokenException {
    if (!app.settings().enabled()) {
      return new Refused(Problem.of(ErrorCode.APP_DISABLED));
    }
    long now = ticker.epochMillis() / 1_000;
    long expiresAt = expiry(claims);
    Long given = claims.time(Claims.ISSUED_AT);
    // without iat the earliest time it can have, so that no revocation misses it
    long issuedAt = given == null ? expiresAt - MAX_LIFE : given;
    ClientToken token =
        new ClientToken(
            claims.id(Claims.TOKEN_ID),
            claims.id(Claims.CLIENT_ID),
            capabilities.of(claims.capabilities()),
            issuedAt,
            expiresAt,
            key.id(),
            claims.limits());
    if (expiresAt + SKEW <= now) {
      return refused(
          ErrorCode.TOKEN_EXPIRED, "exp: " + expiresAt + " (expected: after " + now + ")");
    }
    checkLife(issuedAt, expiresAt, now);
    checkBegin(claims, issuedAt, now);
    return new Valid(app, token);
  }

  private static long expiry(Claims claims) throws MalformedTokenException {
    Long expiresAt = claims.time(Claims.EXPIRES_AT);
    if (expiresAt == null) {
      throw new MalformedTokenException("no exp (expected: the second in which the token ends)");
    }
    return expiresAt;
  }

  private static void checkBegin(Claims claims, long issuedAt, long now)
      throws MalformedTokenException {
    Long notBefore = claims.time(Claims.NOT_BEFORE);
    if (notBefore != null && notBefore > now + SKEW) {
      throw new MalformedTokenException("nbf: " + notBefore + " (expected: up to " + now + ")");
    }
    // otherwise a revocation of what was issued up to now would miss it
    if (issuedAt > now + SKEW) {
      throw new MalformedTokenException("iat: " + issuedAt + " (expected: up to " + now + ")");
    }
  }

  /** From now as well: a token without iat is told of its exp, not of an iat that it has not. */
  private static void checkLife(long issuedAt, long expiresAt, long now)
      throws MalformedTokenException {
    if (expiresAt - issuedAt > MAX_LIFE || expiresAt > now + MAX_LIFE + SKEW) {
      throw new MalformedTokenException(
          "exp: "
              + expiresAt
              + " (expected: at most "
              + MAX_LIFE
              + " seconds after the token was issued)");
    }
  }

  private static TokenVerdict refused(ErrorCode code, String detail) {
    return new Refused(Problem.of(code, detail));
  }
}
