package io.carillon.core.account;

import io.carillon.core.account.AccessToken.Reach;
import io.carillon.core.account.AuditLog.Change;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Access tokens: what programs show in place of somebody's session. One does in a tenant what its
 * owner may there, up to its ceiling, and nothing with the account itself. Calls block.
 * Thread-safe.
 */
public final class PersonalTokens {
  static final int TOKENS_MAX = 50;

  /** A use is written down so late at most, as each would be a write. */
  private static final Duration USE_WRITTEN_EVERY = Duration.ofMinutes(1);

  private final ConsolePorts ports;
  private final AccessTokens tokens;

  public PersonalTokens(ConsolePorts ports, AccessTokens tokens) {
    this.ports = ports;
    this.tokens = tokens;
  }

  /** What a new token shall be. */
  public record Wish(String label, Reach reach, Duration life) {}

  /**
   * A new token, with its secret, which is not told again.
   *
   * @param secret {@link AccessToken#PREFIX} and 43 characters of chance
   */
  public record Made(AccessToken token, String secret) {
    /** Leaves the secret out. */
    @Override
    public String toString() {
      return "Made[token=" + token + "]";
    }
  }

  public List<AccessToken> list(Account account) {
    return tokens.of(account.id());
  }

  /** A new token of somebody who has signed in; the tenants that it reaches can read of it. */
  public Outcome<Made> make(Visitor visitor, Wish wish, Source from) {
    return Fields.name(wish.label(), "label")
        .then(label -> within(visitor, wish).then(reached -> Outcome.done(label)))
        .then(
            label -> {
              if (list(visitor.account()).size() >= TOKENS_MAX) {
                return Outcome.refused(
                    Problem.of(
                        ErrorCode.TOO_MANY_ITEMS,
                        "access tokens: one more than " + TOKENS_MAX + " (expected: up to that)"));
              }
              Made made = made(visitor.account(), label, wish);
              return ports
                  .work()
                  .atomically(
                      () -> {
                        tokens.keep(made.token(), OneTimeToken.digest(made.secret()));
                        write(visitor, from, "token.created", made.token());
                        return Outcome.done(made);
                      });
            });
  }

  private static Outcome<List<Membership>> within(Visitor visitor, Wish wish) {
    List<Membership> reached = wish.reach().within(visitor.memberships());
    if (reached.isEmpty() && wish.reach().tenant() != null) {
      return Outcome.refused(Problem.of(ErrorCode.TENANT_UNKNOWN).at("/tenant"));
    }
    return wish.life().isPositive() && wish.life().compareTo(AccessToken.LIFE_MAX) <= 0
        ? Outcome.done(reached)
        : Outcome.refused(
            Fields.wrong(
                "days",
                String.valueOf(wish.life().toDays()),
                "1 to " + AccessToken.LIFE_MAX.toDays()));
  }

  private Made made(Account account, String label, Wish wish) {
    Instant now = ports.clock().instant().truncatedTo(ChronoUnit.MICROS);
    AccessToken token =
        new AccessToken(
            AccessTokenId.random(),
            account.id(),
            label,
            wish.reach(),
            now,
            now.plus(wish.life()),
            null);
    return new Made(token, AccessToken.PREFIX + OneTimeToken.random());
  }

  /** It counts no more, on any node. */
  public Outcome<AccessTokenId> revoke(Visitor visitor, AccessTokenId id, Source from) {
    return list(visitor.account()).stream()
        .filter(token -> token.id().equals(id))
        .findFirst()
        .map(token -> revoke(visitor, token, from))
        .orElseGet(() -> Outcome.refused(ErrorCode.ACCESS_TOKEN_UNKNOWN));
  }

  private Outcome<AccessTokenId> revoke(Visitor visitor, AccessToken token, Source from) {
    return ports
        .work()
        .atomically(
            () -> {
              if (!tokens.remove(visitor.account().id(), token.id())) {
                return Outcome.refused(ErrorCode.ACCESS_TOKEN_UNKNOWN);
              }
              write(visitor, from, "token.revoked", token);
              return Outcome.done(token.id());
            });
  }

  /** Whom the secret stands for, with what it may do; the same refusal for every reason. */
  public Outcome<Visitor> visitor(String secret) {
    Instant now = ports.clock().instant();
    return tokens
        .find(OneTimeToken.digest(secret), now)
        .flatMap(
            token ->
                ports
                    .accounts()
                    .find(token.account())
                    .map(
                        known -> {
                          note(token, now);
                          return visitor(known.account(), token);
                        }))
        .map(Outcome::done)
        .orElseGet(() -> Outcome.refused(ErrorCode.ACCESS_TOKEN_INVALID));
  }

  private Visitor visitor(Account account, AccessToken token) {
    // named after the token: no sign-in has that id, so nothing of a session can be done with it
    ConsoleSession session =
        new ConsoleSession(new SessionId(token.id().value()), account.id(), token.expiresAt());
    return new Visitor(
        account, session, token.reach().within(ports.team().memberships(account.id())), token);
  }

  private void note(AccessToken token, Instant now) {
    Instant last = token.usedAt();
    if (last == null || last.plus(USE_WRITTEN_EVERY).isBefore(now)) {
      tokens.used(token.id(), now.truncatedTo(ChronoUnit.MICROS));
    }
  }

  private void write(Visitor visitor, Source from, String action, AccessToken token) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("label", token.label());
    values.put("ceiling", token.reach().ceiling().word());
    values.put("expiresAt", token.expiresAt().toString());
    boolean made = action.equals("token.created");
    Change change = made ? new Change(null, values) : new Change(values, null);
    for (Membership membership : token.reach().within(visitor.memberships())) {
      Acting by = new Acting(visitor.account(), membership, from);
      ports.journal().write(by, action, "access token " + token.id(), change);
    }
  }
}
