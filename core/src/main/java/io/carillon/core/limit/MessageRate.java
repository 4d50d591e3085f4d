package io.carillon.core.limit;

import io.carillon.core.engine.Counters;
import io.carillon.core.engine.Counters.Budget;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.limit.Gate.Counted;
import io.carillon.core.limit.Gate.Traits;
import io.carillon.core.model.App;
import io.carillon.core.model.AppId;
import io.carillon.core.model.KeyId;
import io.carillon.core.model.Limit;
import io.carillon.core.model.TenantId;
import io.carillon.core.runtime.Ticker;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * How many messages, and how many bytes of them, may be published in a second: by the platform, a
 * team, an application and a key, over all nodes and by all doors. Asks nobody for a single
 * message, and costs nothing where nothing is limited. Thread-safe; holds a few numbers for each
 * application that published here.
 */
public final class MessageRate {
  /** The limit of a node that has none. */
  public static final MessageRate UNLIMITED =
      new MessageRate(Counters.NONE, Ticker.SYSTEM, Ceilings.NONE);

  private final Ceilings ceilings;
  private final Purses purses;
  private final List<Gate> ofPlatform;
  private final Ticker ticker;

  /** Teams whose quota is used up, and until when. */
  private volatile Map<TenantId, Instant> usedUp = Map.of();

  private final ConcurrentHashMap<AppId, AppGates> apps = new ConcurrentHashMap<>();

  /**
   * What the operator allows at most, whatever plans say; {@link Limit#UNLIMITED} for no limit.
   *
   * @param app messages of one application in a second
   * @param platform messages of all applications in a second
   */
  public record Ceilings(int app, int platform) {
    public static final Ceilings NONE = new Ceilings(0, 0);

    public Ceilings {
      if (app < 0 || platform < 0) {
        throw new IllegalArgumentException(
            "ceilings: " + app + ", " + platform + " (expected: 0 or more)");
      }
    }
  }

  public MessageRate(Counters counters, Ticker ticker, Ceilings ceilings) {
    this.ceilings = ceilings;
    this.ticker = ticker;
    this.purses = new Purses(counters, ticker);
    this.ofPlatform =
        ceilings.platform() == 0
            ? List.of()
            : List.of(
                gate(
                    new Budget("platform-messages", "all", ceilings.platform()),
                    new Traits("", Counted.MESSAGES, ceilings.platform(), "all applications")));
  }

  private Gate gate(Budget budget, Traits traits) {
    return new Gate(purses.of(budget), traits);
  }

  /** What the operator allows at most. */
  public Ceilings ceilings() {
    return ceilings;
  }

  /**
   * Counts messages, all or none. When there is room for one at least all are taken, and the
   * following ones wait for what was too much: so no batch is too large for ever.
   *
   * @param key whose they are, or null for the application's own
   * @param bytes of their payloads and extras
   * @return why they are too many now, with the time after which to try again, or null
   */
  public @Nullable Problem take(App app, @Nullable KeyId key, int messages, long bytes) {
    if (messages == 0) {
      return null;
    }
    if (!usedUp.isEmpty()) {
      Instant until = usedUp.get(app.tenant());
      if (until != null) {
        return usedUp(until);
      }
    }
    Gates gates = gates(app, key);
    return gates == null ? null : gates.take(messages, bytes);
  }

  private Problem usedUp(Instant until) {
    long millis = until.toEpochMilli() - ticker.epochMillis();
    return Problem.of(ErrorCode.QUOTA_USED_UP, "until " + until).after(Math.max(1, millis));
  }

  /**
   * From now on messages of these teams are refused, and of no others.
   *
   * @param teams until when, each
   */
  public void refuse(Map<TenantId, Instant> teams) {
    usedUp = Map.copyOf(teams);
  }

  /** What stands between the key and its channels, or null where nothing is limited. */
  public @Nullable Gates gates(App app, @Nullable KeyId key) {
    if (ceilings.equals(Ceilings.NONE) && !app.settings().limits().hasMessageRates()) {
      return null;
    }
    AppGates known = apps.get(app.id());
    if (known == null || !known.fits(app.settings().limits())) {
      known = apps.compute(app.id(), (id, before) -> fitting(before, app));
    }
    return known.of(app, key);
  }

  private AppGates fitting(@Nullable AppGates before, App app) {
    return before != null && before.fits(app.settings().limits())
        ? before
        : new AppGates(app, purses, ceilings.app(), shared(app));
  }

  private List<Gate> shared(App app) {
    long ofTenant = app.settings().limits().of(Limit.TENANT_MESSAGES_PER_SECOND);
    if (ofTenant == Limit.UNLIMITED) {
      return ofPlatform;
    }
    List<Gate> shared = new ArrayList<>();
    String name = "tenant-messages";
    Budget budget = new Budget(name, app.tenant().toString(), (int) ofTenant);
    shared.add(gate(budget, new Traits(name, Counted.MESSAGES, (int) ofTenant, "the team")));
    shared.addAll(ofPlatform);
    return shared;
  }
}
