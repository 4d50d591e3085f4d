package io.carillon.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import io.carillon.core.auth.ClientToken;
import io.carillon.core.auth.TokenIssuer;
import io.carillon.core.auth.TokenIssuer.IssueOutcome.Issued;
import io.carillon.core.auth.TokenIssuer.IssueOutcome.Refused;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.ApiKey;
import io.carillon.core.runtime.Chance;
import io.carillon.core.runtime.Ticker;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes client tokens as JWTs. Thread-safe: stateless. */
public final class JwtTokenIssuer implements TokenIssuer {
  private final Ticker ticker;
  private final Chance chance;

  public JwtTokenIssuer(Ticker ticker, Chance chance) {
    this.ticker = ticker;
    this.chance = chance;
  }

  @Override
  public IssueOutcome issue(ApiKey key, TokenRequest request) {
    String wrong = problemWith(request);
    if (wrong != null) {
      return new Refused(Problem.of(ErrorCode.BAD_REQUEST, wrong));
    }
    long now = ticker.epochMillis() / 1_000;
    ClientToken token =
        new ClientToken(
            HexFormat.of().toHexDigits(chance.nextLong())
                + HexFormat.of().toHexDigits(chance.nextLong()),
            request.clientId(),
            request.capabilities(),
            now,
            now + request.life().toSeconds(),
            key.id(),
            request.limits());
    String text = signed(key, token);
    return text.length() <= SignedText.MAX_LENGTH
        ? new Issued(text, token)
        : new Refused(
            Problem.of(
                ErrorCode.BAD_REQUEST,
                "a token of "
                    + text.length()
                    + " characters (expected: at most "
                    + SignedText.MAX_LENGTH
                    + "; fewer or shorter channel patterns)"));
  }

  private static @Nullable String problemWith(TokenRequest request) {
    if (request.clientId() != null && !ClientToken.isId(request.clientId())) {
      return "client id (expected: 1 to "
          + ClientToken.MAX_ID_LENGTH
          + " characters, no control characters)";
    }
    if (request.life().toSeconds() < 1 || request.life().compareTo(ClientToken.MAX_LIFE) > 0) {
      return "life: "
          + request.life().toSeconds()
          + " seconds (expected: 1 to "
          + ClientToken.MAX_LIFE.toSeconds()
          + ")";
    }
    return null;
  }

  private static String signed(ApiKey key, ClientToken token) {
    Map<String, Object> claims = new LinkedHashMap<>();
    if (token.clientId() != null) {
      claims.put(Claims.CLIENT_ID, token.clientId());
    }
    if (token.id() != null) {
      claims.put(Claims.TOKEN_ID, token.id());
    }
    claims.put(Claims.ISSUED_AT, token.issuedAt());
    claims.put(Claims.EXPIRES_AT, token.expiresAt());
    claims.put(Claims.CAPABILITIES, token.capabilities().written());
    Map<String, Integer> limits = Claims.written(token.limits());
    if (!limits.isEmpty()) {
      claims.put(Claims.LIMITS, limits);
    }
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.HS256)
            .type(JOSEObjectType.JWT)
            .keyID(key.id().value())
            .build();
    JWSObject jwt = new JWSObject(header, new Payload(claims));
    try {
      jwt.sign(new MACSigner(SigningKey.of(key)));
    } catch (JOSEException e) {
      throw new IllegalStateException("HMAC-SHA256 is part of every Java platform", e);
    }
    return jwt.serialize();
  }
}
