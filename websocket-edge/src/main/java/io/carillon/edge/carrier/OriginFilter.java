package io.carillon.edge.carrier;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import org.jspecify.annotations.Nullable;

/**
 * Refuses pages of origins that may not connect where clients connect by plain requests, as is done
 * with WebSockets and streams: that a browser hides the answers from such a page does not keep it
 * from sending. Immutable, thread-safe.
 */
@ServerFilter({"/pusher/app/**", "/v1/poll", "/v1/up", "/v1/tickets"})
final class OriginFilter {
  private final EdgeSettings settings;

  OriginFilter(EdgeSettings settings) {
    this.settings = settings;
  }

  @RequestFilter
  @Nullable HttpResponse<?> refusal(HttpRequest<?> request) {
    String origin = request.getHeaders().get(HttpHeaders.ORIGIN);
    return origin == null || settings.allowsOrigin(origin)
        ? null
        : HttpResponse.status(HttpStatus.FORBIDDEN);
  }
}
