package io.carillon.api.console;

import io.micronaut.context.annotation.Property;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.cookie.SameSite;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The cookie by which a browser shows that it is the one that went to the provider of identities.
 * Lax, as it comes back from another site. Thread-safe.
 */
@Singleton
final class FlowCookie {
  private static final String NAME = "carillon_identity";
  private static final String PATH = "/v1/console/identity";
  private static final Duration LIFE = Duration.ofMinutes(10);
  private static final int LENGTH_MAX = 64;

  private final boolean secure;

  FlowCookie(@Nullable @Property(name = "carillon.public-url") String publicUrl) {
    this.secure = publicUrl != null && publicUrl.startsWith("https:");
  }

  /** The token that the browser kept; empty when it has none. */
  static String token(HttpRequest<?> request) {
    return request
        .getCookies()
        .findCookie(NAME)
        .map(Cookie::getValue)
        .filter(token -> token.length() <= LENGTH_MAX)
        .orElse("");
  }

  Cookie of(String token) {
    return cookie(token).maxAge(LIFE);
  }

  /** Takes the cookie away. */
  Cookie none() {
    return cookie("").maxAge(Duration.ZERO);
  }

  private Cookie cookie(String value) {
    return Cookie.of(NAME, value).path(PATH).httpOnly(true).secure(secure).sameSite(SameSite.Lax);
  }
}
