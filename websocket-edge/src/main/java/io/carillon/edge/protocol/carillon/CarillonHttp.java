package io.carillon.edge.protocol.carillon;

import io.carillon.core.auth.Tickets;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.session.Session;
import io.carillon.edge.protocol.ClientProtocol.Greeting;
import io.carillon.edge.protocol.Dialect;
import io.carillon.edge.protocol.Dialect.Voice;
import io.carillon.edge.protocol.carillon.ClientFrame.Credentials;
import io.carillon.edge.protocol.carillon.ClientFrame.Hello;
import io.carillon.edge.protocol.carillon.Wishes.Wish;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The protocol where a client's first words are an HTTP request instead of frames (section 13).
 * Stateless but for the tickets that were taken. Thread-safe.
 */
public final class CarillonHttp {
  private static final String BEARER = "bearer ";
  private static final String EXPECTED =
      "Authorization (expected: Bearer with a client token; or a key or ticket in the query)";

  private final CarillonDialect dialect;
  private final Tickets tickets;

  CarillonHttp(CarillonDialect dialect, Tickets tickets) {
    this.dialect = dialect;
    this.tickets = tickets;
  }

  public Dialect dialect() {
    return dialect;
  }

  /**
   * Who is asking: 13.2.
   *
   * @param authorization the header, or null when there is none
   */
  public Greeting greet(@Nullable String authorization, Map<String, List<String>> query) {
    String ticket = first(query, "ticket");
    if (authorization == null && ticket != null) {
      return dialect.greet(Hello.by(Credentials.ofTicket(ticket)));
    }
    String key = first(query, "key");
    if (authorization == null && key != null) {
      return dialect.greet(Hello.by(Credentials.ofKey(key)));
    }
    String token = bearer(authorization);
    return token == null
        ? refusal(Problem.of(ErrorCode.CREDENTIALS_INVALID, EXPECTED))
        : dialect.greet(Hello.by(Credentials.ofToken(token)));
  }

  /**
   * A ticket for the token of an {@code Authorization} header.
   *
   * @param origin of the page that asks; null for a program that is none
   */
  public Tickets.IssueOutcome ticket(@Nullable String authorization, @Nullable String origin) {
    String token = bearer(authorization);
    if (token == null) {
      return new Tickets.IssueOutcome.Refused(
          Problem.of(
              ErrorCode.CREDENTIALS_INVALID,
              "Authorization (expected: Bearer with a client token)"));
    }
    return switch (dialect.greet(Hello.by(Credentials.ofToken(token)))) {
      case Greeting.Welcome welcome -> tickets.issue(welcome.key(), token, origin);
      case Greeting.Refusal(var problem, var refusing, var named) ->
          new Tickets.IssueOutcome.Refused(problem);
      case Greeting.Awaited awaited -> throw new IllegalStateException("a token says all");
    };
  }

  /** Subscribes, and says what there is to say of it. */
  public void follow(Session session, Voice voice, Wish wish) {
    dialect.subscribe(
        session,
        voice,
        new ClientFrame.Sub(null, wish.channel().value(), wish.since(), wish.rewind()));
  }

  /** The token of an {@code Authorization} header, or null when it has none. */
  private static @Nullable String bearer(@Nullable String authorization) {
    return authorization != null && authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)
        ? authorization.substring(BEARER.length()).strip()
        : null;
  }

  private Greeting refusal(Problem problem) {
    return new Greeting.Refusal(problem, dialect);
  }

  private static @Nullable String first(Map<String, List<String>> query, String name) {
    List<String> values = query.get(name);
    return values == null || values.isEmpty() ? null : values.getFirst();
  }
}
