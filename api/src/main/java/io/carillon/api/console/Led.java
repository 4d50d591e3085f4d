package io.carillon.api.console;

import io.micronaut.http.cookie.Cookie;
import java.util.List;

/** Where a browser is led, with cookies. Immutable. */
record Led(String to, List<Cookie> cookies) {
  Led {
    cookies = List.copyOf(cookies);
  }
}
