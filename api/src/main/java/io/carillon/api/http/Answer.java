package io.carillon.api.http;

import io.micronaut.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/**
 * What a call is answered when it was not refused.
 *
 * @param body can be written as JSON
 * @param next the query of the next page of a list, coded, or null when there is none
 */
public record Answer(HttpStatus status, Object body, @Nullable String next) {
  public static Answer of(HttpStatus status, Object body) {
    return new Answer(status, body, null);
  }

  public static Answer ok(Object body) {
    return of(HttpStatus.OK, body);
  }

  /** One page of a list. */
  public static Answer page(Object body, @Nullable String next) {
    return new Answer(HttpStatus.OK, body, next);
  }
}
