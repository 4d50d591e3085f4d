package io.carillon.api.console;

import io.carillon.core.account.ConsoleSession;
import io.carillon.core.account.SessionId;
import io.micronaut.context.annotation.Property;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.cookie.SameSite;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.token.generator.TokenGenerator;
import io.micronaut.security.token.reader.TokenReader;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The cookie that says which session a browser has: a signed token that no script can read, sent to
 * the console's API alone. Thread-safe.
 */
@Singleton
final class SessionCookie implements TokenReader<HttpRequest<?>> {
  static final String NAME = "carillon_session";
  static final String PATH = "/v1/console";
  private static final String SESSION = "sid";

  private final TokenGenerator tokens;
  private final boolean secure;

  SessionCookie(
      TokenGenerator tokens, @Nullable @Property(name = "carillon.public-url") String publicUrl) {
    this.tokens = tokens;
    this.secure = publicUrl != null && publicUrl.startsWith("https:");
  }

  @Override
  public Optional<String> findToken(HttpRequest<?> request) {
    return request.getCookies().findCookie(NAME).map(Cookie::getValue);
  }

  /** The session that a token named which was found valid, or null. */
  static @Nullable SessionId session(Authentication authentication) {
    Object id = authentication.getAttributes().get(SESSION);
    return id instanceof String text ? Ids.uuid(text).map(SessionId::new).orElse(null) : null;
  }

  Cookie of(ConsoleSession session) {
    Map<String, Object> claims =
        Map.of(
            "sub",
            session.account().toString(),
            SESSION,
            session.id().toString(),
            "exp",
            session.expiresAt().getEpochSecond());
    String token =
        tokens
            .generateToken(claims)
            .orElseThrow(() -> new IllegalStateException("the session's token is not signed"));
    return cookie(token).maxAge(ConsoleSession.LIFE);
  }

  /** Takes the cookie away. */
  Cookie none() {
    return cookie("").maxAge(Duration.ZERO);
  }

  private Cookie cookie(String value) {
    return Cookie.of(NAME, value).path(PATH).httpOnly(true).secure(secure).sameSite(SameSite.Lax);
  }
}
