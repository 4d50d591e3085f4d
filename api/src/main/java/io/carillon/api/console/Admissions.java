package io.carillon.api.console;

import io.carillon.core.account.Admission;
import io.carillon.core.account.Visitor;
import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;

/** What somebody is answered who came in, or half in. Thread-safe. */
@Singleton
final class Admissions {
  private final SessionCookie cookie;

  Admissions(SessionCookie cookie) {
    this.cookie = cookie;
  }

  /** A session with its cookie; or 202 with a token for the second step, and no cookie. */
  ConsoleAnswer answer(Admission admission, HttpStatus opened) {
    return switch (admission) {
      case Admission.Open(var visitor) -> opened(visitor, opened);
      case Admission.CodeAsked asked ->
          new ConsoleAnswer(HttpStatus.ACCEPTED, SecurityBodies.CodeAsked.of(asked), null);
    };
  }

  ConsoleAnswer opened(Visitor visitor, HttpStatus status) {
    return new ConsoleAnswer(status, AccountBodies.Session.of(visitor), null)
        .with(cookie.of(visitor.session()));
  }
}
