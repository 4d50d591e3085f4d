package io.carillon.standalone.console;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/**
 * What a browser is told about the console's files: nothing from elsewhere may run or be framed,
 * and files whose name holds their hash may be kept for ever. Stateless.
 */
@ServerFilter({
  "/",
  "/index.html",
  "/bell.svg",
  "/assets/**",
  "/console",
  "/console/**",
  "/verify",
  "/reset",
  "/invitation"
})
final class PageHeaders {
  private static final String POLICY =
      "default-src 'self'; connect-src 'self' ws: wss:; frame-ancestors 'none'; base-uri 'none';"
          + " form-action 'self'";

  @ResponseFilter
  void mark(HttpRequest<?> request, MutableHttpResponse<?> response) {
    boolean hashed = request.getPath().startsWith("/assets/") && response.code() == 200;
    response.header("Content-Security-Policy", POLICY);
    response.header("Referrer-Policy", "no-referrer");
    response
        .getHeaders()
        .set(
            HttpHeaders.CACHE_CONTROL, hashed ? "public, max-age=31536000, immutable" : "no-cache");
  }
}
