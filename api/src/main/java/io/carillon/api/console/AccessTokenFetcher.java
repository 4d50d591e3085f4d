package io.carillon.api.console;

import io.carillon.core.account.AccessToken;
import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.filters.AuthenticationFetcher;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/**
 * Takes an access token from {@code Authorization: Bearer} to {@link ConsoleGate}, which asks what
 * it is worth, as it does with a session: that blocks, which may not be done here. Stateless.
 */
@Singleton
final class AccessTokenFetcher implements AuthenticationFetcher<HttpRequest<?>> {
  private static final String SCHEME = "bearer ";
  private static final String SECRET = "access-token";

  @Override
  public Publisher<Authentication> fetchAuthentication(HttpRequest<?> request) {
    String secret = shown(request);
    return secret == null
        ? Publishers.empty()
        : Publishers.just(Authentication.build("access token", Map.of(SECRET, secret)));
  }

  /** The token that the request shows, or null when it shows none. */
  static @Nullable String shown(HttpRequest<?> request) {
    String authorization = request.getHeaders().get(HttpHeaders.AUTHORIZATION);
    return authorization != null
            && authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME)
            && authorization.startsWith(AccessToken.PREFIX, SCHEME.length())
        ? authorization.substring(SCHEME.length()).strip()
        : null;
  }
}
