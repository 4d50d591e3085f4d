package io.carillon.api.console;

import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.micronaut.context.annotation.Property;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what changes something and was not sent by the console's own pages. Browsers say by
 * themselves, in headers that no page can set, where a request comes from; so nothing has to be
 * kept, handed to pages, or checked for age. Immutable, thread-safe.
 */
@Singleton
final class SameOrigin {
  private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);
  private static final String FETCH_SITE = "Sec-Fetch-Site";

  private final @Nullable String publicUrl;

  SameOrigin(@Nullable @Property(name = "carillon.public-url") String publicUrl) {
    this.publicUrl = publicUrl;
  }

  /** Null when the request may go on. */
  @Nullable Problem refusal(HttpRequest<?> request) {
    if (READING.contains(request.getMethod())) {
      return null;
    }
    String site = request.getHeaders().get(FETCH_SITE);
    String origin = request.getHeaders().get(HttpHeaders.ORIGIN);
    if (site != null) {
      return site.equals("same-origin") ? null : Problem.of(ErrorCode.CROSS_SITE);
    }
    return origin != null && isOurs(origin, request.getHeaders().get(HttpHeaders.HOST))
        ? null
        : Problem.of(ErrorCode.CROSS_SITE);
  }

  private boolean isOurs(String origin, @Nullable String host) {
    if (origin.equals(publicUrl)) {
      return true;
    }
    try {
      String authority = URI.create(origin).getRawAuthority();
      return authority != null && authority.equalsIgnoreCase(host);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
