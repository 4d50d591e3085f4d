package io.carillon.core.account;

import io.carillon.core.account.AppListings.KeyListing;
import io.carillon.core.account.AppListings.KeySighting;
import io.carillon.core.account.AppListings.Succession;
import io.carillon.core.account.AuditLog.Change;
import io.carillon.core.engine.DirectoryAdmin.KeyTraits;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.ApiKey;
import io.carillon.core.model.AppId;
import io.carillon.core.model.Capabilities;
import io.carillon.core.model.KeyId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An application's keys, as the tenant's members change them; every node goes by a change within a
 * second, on live sockets too. Calls block. Thread-safe.
 */
public final class Keys {
  static final int KEYS_MAX = 50;

  /** Uses are written down some time later, so that a shorter time could miss them. */
  public static final Duration UNUSED_LEAST = Duration.ofMinutes(10);

  /** How long a key and its successor may both count. */
  public static final Duration OVERLAP_MAX = Duration.ofDays(90);

  private final ConsolePorts ports;
  private final AppListings listings;

  public Keys(ConsolePorts ports, AppListings listings) {
    this.ports = ports;
    this.listings = listings;
  }

  /**
   * A new key, with its secret, which is not told again.
   *
   * @param listing as it is listed from now on
   */
  public record Made(KeyListing listing, ApiKey key) {}

  public List<KeyListing> list(Acting by, AppId app) {
    return listings.keys(by.tenant(), app);
  }

  public Outcome<KeyListing> find(Acting by, AppId app, KeyId id) {
    return list(by, app).stream()
        .filter(key -> key.id().equals(id))
        .findFirst()
        .map(Outcome::done)
        .orElseGet(() -> Outcome.refused(ErrorCode.KEY_UNKNOWN));
  }

  public Outcome<Made> create(Acting by, AppId app, KeyTraits traits) {
    return checked(traits)
        .then(good -> roomFor(by, app, good))
        .then(
            good ->
                ports
                    .work()
                    .atomically(
                        () ->
                            made(by, app, good)
                                .then(
                                    key -> {
                                      Change change = new Change(null, Described.key(good));
                                      write(by, "key.created", app, key.id(), change);
                                      return listed(by, app, key);
                                    })));
  }

  /**
   * For how long a key and its successor both count.
   *
   * @param unused the key ends when nothing used it for so long; null for its time only
   */
  public record Overlap(Duration longest, @Nullable Duration unused) {}

  /** By which programs the key was used, the latest first. */
  public List<KeySighting> programs(Acting by, AppId app, KeyId key) {
    return listings.programs(by.tenant(), app, key);
  }

  /** For how long the key has to be unused to end. */
  public Optional<Duration> closesUnused(Acting by, AppId app, KeyId key) {
    return listings.closesUnused(by.tenant(), app, key);
  }

  /** Gives a key another label or limit; its connections go by it within a second. */
  public Outcome<KeyListing> change(Acting by, AppId app, KeyListing key, KeyTraits traits) {
    KeyTraits old = new KeyTraits(key.label(), key.limit());
    return checked(traits)
        .then(
            good ->
                good.equals(old)
                    ? Outcome.done(key)
                    : ports
                        .work()
                        .atomically(
                            () -> {
                              if (!ports.directory().changeKey(by.tenant(), app, key.id(), good)) {
                                return Outcome.refused(ErrorCode.KEY_UNKNOWN);
                              }
                              Change change =
                                  Described.difference(Described.key(old), Described.key(good));
                              write(by, "key.changed", app, key.id(), change);
                              return find(by, app, key.id());
                            }));
  }

  /** A limit that allows nothing would be a key for nothing. */
  private static Outcome<KeyTraits> checked(KeyTraits traits) {
    Capabilities limit = traits.limit();
    boolean empty =
        limit != null
            && limit.rules().values().stream().allMatch(operations -> operations.isEmpty());
    return empty
        ? Outcome.refused(
            Fields.wrong("capabilities", "nothing", "an operation at least, or none of them"))
        : Fields.name(traits.label(), "label")
            .then(label -> Outcome.done(new KeyTraits(label, limit)));
  }

  /** A successor with a secret of its own; the key itself counts until then, at the latest. */
  public Outcome<Made> rotate(Acting by, AppId app, KeyListing old, Overlap overlap) {
    boolean rotating =
        old.closesAt() != null
            || list(by, app).stream().anyMatch(key -> old.id().equals(key.replaces()));
    if (rotating) {
      return Outcome.refused(Problem.of(ErrorCode.KEY_ROTATING));
    }
    Instant closesAt =
        ports.clock().instant().plus(overlap.longest()).truncatedTo(ChronoUnit.MICROS);
    return roomFor(by, app, new KeyTraits(old.label(), old.limit()))
        .then(
            traits ->
                ports
                    .work()
                    .atomically(
                        () ->
                            made(by, app, traits)
                                .then(
                                    key -> {
                                      listings.succeed(
                                          by.tenant(),
                                          app,
                                          new Succession(
                                              old.id(), key.id(), closesAt, overlap.unused()));
                                      Map<String, String> after =
                                          Map.of(
                                              "successor",
                                              key.id().value(),
                                              "closesAt",
                                              closesAt.toString());
                                      Change change = new Change(null, after);
                                      write(by, "key.rotated", app, old.id(), change);
                                      return listed(by, app, key);
                                    })));
  }

  /** Every connection that came with the key is cut off, on every node within a second. */
  public Outcome<KeyId> revoke(Acting by, AppId app, KeyListing key) {
    return ports
        .work()
        .atomically(
            () -> {
              if (!ports.directory().revokeKey(by.tenant(), app, key.id())) {
                return Outcome.refused(ErrorCode.KEY_UNKNOWN);
              }
              Change gone = new Change(Map.of("label", key.label()), null);
              write(by, "key.revoked", app, key.id(), gone);
              return Outcome.done(key.id());
            });
  }

  private Outcome<KeyTraits> roomFor(Acting by, AppId app, KeyTraits traits) {
    return list(by, app).size() < KEYS_MAX
        ? Outcome.done(traits)
        : Outcome.refused(
            Problem.of(
                ErrorCode.TOO_MANY_ITEMS,
                "keys: one more than " + KEYS_MAX + " (expected: up to that many)"));
  }

  private Outcome<ApiKey> made(Acting by, AppId app, KeyTraits traits) {
    Optional<ApiKey> key = ports.directory().createKey(by.tenant(), app, traits);
    return key.map(Outcome::done).orElseGet(() -> Outcome.refused(ErrorCode.TENANT_APP_UNKNOWN));
  }

  private Outcome<Made> listed(Acting by, AppId app, ApiKey key) {
    return find(by, app, key.id()).then(listing -> Outcome.done(new Made(listing, key)));
  }

  private void write(Acting by, String action, AppId app, KeyId key, Change change) {
    ports.journal().write(by, action, "key " + key + " of app " + app, change);
  }
}
