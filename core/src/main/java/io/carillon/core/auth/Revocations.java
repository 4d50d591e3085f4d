package io.carillon.core.auth;

import io.carillon.core.engine.ControlBus.Order.RevokeTokens;
import io.carillon.core.engine.ControlBus.Order.RevokeTokens.By;
import io.carillon.core.engine.Revocation;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.AppId;
import io.carillon.core.runtime.Ticker;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which client tokens no longer count on this node, although they have not expired. An entry is
 * forgotten once every token that it fits has expired. Thread-safe: reads take no lock, changes
 * take turns.
 *
 * <p>Orders of the control bus come first; what the directory keeps is told as well, so that a node
 * that starts, or that the bus does not reach, knows the same.
 */
public final class Revocations {
  /** Beyond this, all that an application's keys signed up to now is revoked instead. */
  static final int MAX_PER_APP = 10_000;

  private static final long SKEW_SECONDS = ClientToken.CLOCK_SKEW.toSeconds();

  /** A token may be issued a skew ahead of our clock, and is taken a skew after its end. */
  public static final Duration KEPT =
      ClientToken.MAX_LIFE.plus(ClientToken.CLOCK_SKEW.multipliedBy(2));

  private static final long KEPT_SECONDS = KEPT.toSeconds();

  private static final long SWEEP_NANOS = Duration.ofMinutes(10).toNanos();

  private final Ticker ticker;
  private final Map<AppId, OfApp> apps = new ConcurrentHashMap<>();
  private long sweptAt;

  public Revocations(Ticker ticker) {
    this.ticker = ticker;
    this.sweptAt = ticker.nanos();
  }

  /** Revokes as of now. A time in the future counts as now, but for the skew of clocks. */
  public void add(RevokeTokens order) {
    add(new Revocation(order, ticker.epochMillis()));
  }

  /** Revokes as of the time when it was decided; without effect when no token can be so old. */
  public synchronized void add(Revocation revocation) {
    long now = ticker.epochMillis() / 1_000;
    // a clock ahead of ours must not make an entry last
    long at = Math.min(revocation.atMillis() / 1_000, now);
    if (at + KEPT_SECONDS <= now) {
      return;
    }
    if (ticker.nanos() - sweptAt >= SWEEP_NANOS) {
      sweptAt = ticker.nanos();
      apps.values().removeIf(app -> app.sweep(now));
    }
    apps.computeIfAbsent(revocation.order().app(), app -> new OfApp())
        .add(revocation.order(), at, now);
  }

  /** Whether the token was revoked. Allocates nothing. */
  public boolean isRevoked(AppId app, ClientToken token) {
    OfApp revoked = apps.get(app);
    return revoked != null && revoked.has(token);
  }

  /** The reader that refuses revoked tokens too. */
  public TokenReader guard(TokenReader reader) {
    return text -> {
      TokenVerdict verdict = reader.read(text);
      return verdict instanceof TokenVerdict.Valid(var app, var token) && isRevoked(app.id(), token)
          ? new TokenVerdict.Refused(Problem.of(ErrorCode.TOKEN_REVOKED), token.key())
          : verdict;
    };
  }

  /** How many entries are held for the application. */
  int size(AppId app) {
    OfApp revoked = apps.get(app);
    return revoked == null ? 0 : revoked.size();
  }

  private record Entry(long issuedBefore, long forgetAt) {
    static Entry later(Entry one, Entry other) {
      return new Entry(
          Math.max(one.issuedBefore, other.issuedBefore), Math.max(one.forgetAt, other.forgetAt));
    }
  }

  /** One application's entries; changed under the outer lock. */
  private static final class OfApp {
    private final Map<String, Entry> tokens = new ConcurrentHashMap<>();
    private final Map<String, Entry> clients = new ConcurrentHashMap<>();
    private final Map<String, Entry> keys = new ConcurrentHashMap<>();
    private volatile @Nullable Entry everything;

    void add(RevokeTokens order, long at, long now) {
      Map<String, Entry> entries = entries(order.by());
      // what is told again takes no more room
      boolean known = entries.containsKey(order.value());
      if (!known && size() >= MAX_PER_APP) {
        sweep(now);
      }
      if (!known && size() >= MAX_PER_APP) {
        // also what a clock ahead of ours issued up to now
        Entry all = new Entry(at + SKEW_SECONDS + 1, at + KEPT_SECONDS);
        Entry before = everything;
        everything = before == null ? all : Entry.later(before, all);
        tokens.clear();
        clients.clear();
        keys.clear();
      }
      long issuedBefore =
          order.by() == By.TOKEN
              ? Long.MAX_VALUE
              : Math.min(order.issuedBefore(), at + SKEW_SECONDS);
      entries.merge(order.value(), new Entry(issuedBefore, at + KEPT_SECONDS), Entry::later);
    }

    private Map<String, Entry> entries(By by) {
      return switch (by) {
        case TOKEN -> tokens;
        case CLIENT -> clients;
        case KEY -> keys;
      };
    }

    /** Asks for everything last: it is set before the single entries are dropped. */
    boolean has(ClientToken token) {
      return fits(tokens, token.id(), token)
          || fits(clients, token.clientId(), token)
          || fits(keys, token.key().value(), token)
          || fits(everything, token);
    }

    /** Whether nothing is left. */
    boolean sweep(long now) {
      tokens.values().removeIf(entry -> entry.forgetAt() <= now);
      clients.values().removeIf(entry -> entry.forgetAt() <= now);
      keys.values().removeIf(entry -> entry.forgetAt() <= now);
      Entry all = everything;
      if (all != null && all.forgetAt() <= now) {
        everything = null;
      }
      return size() == 0 && everything == null;
    }

    int size() {
      return tokens.size() + clients.size() + keys.size();
    }

    private static boolean fits(
        Map<String, Entry> entries, @Nullable String value, ClientToken token) {
      return value != null && fits(entries.get(value), token);
    }

    private static boolean fits(@Nullable Entry entry, ClientToken token) {
      return entry != null && token.issuedAt() < entry.issuedBefore();
    }
  }
}
