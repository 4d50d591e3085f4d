package io.carillon.api.listen;

import io.carillon.api.http.ExpressRoute;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says which requests go the express way: plain ones with a body of known length. What is in any
 * way unusual is left to the framework, which serves the same routes. Immutable.
 *
 * @param bodyBytesMax the largest body that the server takes
 */
record ExpressRoutes(List<ExpressRoute> routes, int bodyBytesMax) {
  private static final List<CharSequence> UNUSUAL =
      List.of(
          HttpHeaderNames.TRANSFER_ENCODING,
          HttpHeaderNames.CONTENT_ENCODING,
          HttpHeaderNames.EXPECT,
          HttpHeaderNames.ORIGIN);

  /** The way of a request, or null when the framework serves it. */
  @Nullable ExpressArrival of(HttpRequest request) {
    if (!HttpMethod.POST.equals(request.method())
        || !HttpVersion.HTTP_1_1.equals(request.protocolVersion())
        || request.decoderResult().isFailure()) {
      return null;
    }
    String uri = request.uri();
    int question = uri.indexOf('?');
    String path = question < 0 ? uri : uri.substring(0, question);
    HttpHeaders headers = request.headers();
    ExpressRoute route = routeOf(path, headers.get(HttpHeaderNames.CONTENT_TYPE));
    int length = route == null ? -1 : lengthOf(headers);
    if (route == null || length < 1 || isUnusual(uri, headers)) {
      return null;
    }
    String query = question < 0 ? "" : uri.substring(question + 1);
    return new ExpressArrival(route, request, path, query, length);
  }

  private @Nullable ExpressRoute routeOf(String path, @Nullable String contentType) {
    String type = contentType == null ? "" : contentType;
    for (ExpressRoute route : routes) {
      if (route.takes(path, type)) {
        return route;
      }
    }
    return null;
  }

  /** The body's length, or -1 when it is not said in plain digits or too large. */
  private int lengthOf(HttpHeaders headers) {
    String text = headers.get(HttpHeaderNames.CONTENT_LENGTH);
    if (text == null || text.isEmpty() || text.length() > 9) {
      return -1;
    }
    int length = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      length = length * 10 + digit;
    }
    return length <= bodyBytesMax ? length : -1;
  }

  private static boolean isUnusual(String uri, HttpHeaders headers) {
    for (CharSequence name : UNUSUAL) {
      if (headers.contains(name)) {
        return true;
      }
    }
    return !isPlain(uri) || !acceptsJson(headers.get(HttpHeaderNames.ACCEPT));
  }

  private static boolean acceptsJson(@Nullable String accept) {
    return accept == null || accept.contains("*/*") || accept.contains("application/json");
  }

  /** Whether the URI has no other characters than RFC 3986 gives a path and a query. */
  private static boolean isPlain(String uri) {
    for (int i = 0; i < uri.length(); i++) {
      char c = uri.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      boolean digit = c >= '0' && c <= '9';
      if (!letter && !digit && "-._~!$&'()*+,;=:@/?%".indexOf(c) < 0) {
        return false;
      }
    }
    return !uri.startsWith("//");
  }
}
