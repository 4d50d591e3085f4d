package io.carillon.postgres;

import io.carillon.core.engine.Revocation;
import io.carillon.core.model.ApiKey;
import io.carillon.core.model.App;
import io.carillon.core.model.AppId;
import io.carillon.core.model.ChannelRule;
import io.carillon.core.model.KeyId;
import io.carillon.core.model.LimitPlan;
import io.carillon.core.model.Secret;
import io.carillon.core.model.TenantId;
import io.micronaut.transaction.TransactionDefinition.Isolation;
import io.micronaut.transaction.TransactionOperations;
import io.micronaut.transaction.support.DefaultTransactionDefinition;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads applications from the tables, as of one moment each time. Immutable, thread-safe.
 *
 * @param transactions on the data source of the repositories
 */
record DirectoryTables(
    TransactionOperations<Connection> transactions,
    AppRepository apps,
    KeyRepository keys,
    RuleRepository rules,
    RevocationRepository revocations,
    Plans plans,
    SecretSeal seal) {

  /** Which plan which tenant has. */
  record Plans(PlanRepository plans, TenantPlanRepository tenants) {
    /** By tenant, of those of the applications. */
    Map<UUID, LimitPlan> of(List<AppRow> apps) {
      Map<String, LimitPlan> named =
          plans.findAll().stream().collect(Collectors.toMap(PlanRow::name, PlanRow::plan));
      Set<UUID> ids = apps.stream().map(AppRow::tenantId).collect(Collectors.toSet());
      List<TenantPlanRow> rows =
          ids.isEmpty()
              ? List.of()
              : ids.size() > SINGLE_READS_MAX ? tenants.findAll() : tenants.findByIdIn(ids);
      return rows.stream()
          .collect(
              Collectors.toMap(
                  TenantPlanRow::id,
                  row -> named.getOrDefault(row.plan(), LimitPlan.DEFAULT),
                  (one, same) -> one));
    }
  }

  /** More rows than this are found by reading all. */
  private static final int SINGLE_READS_MAX = 500;

  /** Longer than any token may live, skew of clocks included. */
  private static final Duration REVOCATION_KEPT = Duration.ofHours(25);

  /** Longer than from one reading of everything to the next. */
  private static final Duration NEWEST = ChangeFeed.READ_ALL_EVERY.multipliedBy(4);

  private static final Logger LOG = LoggerFactory.getLogger(DirectoryTables.class);

  /** The applications of all tenants. */
  List<App> all() {
    return atOneMoment(() -> assembled(apps.findAll(), keys.findAll(), rules.findAll()));
  }

  /** Those of the applications that exist, of all tenants. */
  List<App> some(Collection<String> ids) {
    return atOneMoment(
        () -> assembled(apps.findByIdIn(ids), keys.findByAppIdIn(ids), rules.findByAppIdIn(ids)));
  }

  /** A tenant's applications, oldest first. */
  List<App> ofTenant(TenantId tenant) {
    return atOneMoment(
        () ->
            assembled(
                apps.findByTenantId(tenant.value()),
                keys.findByTenantId(tenant.value()),
                rules.findByTenantId(tenant.value())));
  }

  /** What was revoked, the oldest first, as far as it may still fit a token. */
  List<Revocation> allRevocations() {
    return transactions.executeRead(status -> revocations(revocations.findAllOldestFirst()));
  }

  /** What was revoked since everything was read last, and a while before that. */
  List<Revocation> newestRevocations() {
    return transactions.executeRead(
        status -> revocations(revocations.findNewest((double) NEWEST.toSeconds())));
  }

  /** Removes what fits no token any more. */
  void forgetRevocations() {
    transactions.executeWrite(
        status -> {
          revocations.forget(Instant.now().minus(REVOCATION_KEPT));
          return true;
        });
  }

  /** Removes the keys whose time is over; the table's trigger tells every node. */
  void closeKeys() {
    transactions.executeWrite(
        status -> {
          keys.closeDue();
          keys.closeUnused();
          return true;
        });
  }

  private static List<Revocation> revocations(List<RevocationRow> rows) {
    return rows.stream().map(RevocationRow::revocation).toList();
  }

  private <T> T atOneMoment(Supplier<T> reading) {
    DefaultTransactionDefinition snapshot = new DefaultTransactionDefinition();
    snapshot.setIsolationLevel(Isolation.REPEATABLE_READ);
    snapshot.setReadOnly(true);
    return transactions.execute(snapshot, status -> reading.get());
  }

  private List<App> assembled(List<AppRow> apps, List<KeyRow> keys, List<RuleRow> rules) {
    Map<String, List<KeyRow>> keysOf =
        keys.stream()
            .sorted(Comparator.comparing(KeyRow::createdAt).thenComparing(KeyRow::id))
            .collect(Collectors.groupingBy(KeyRow::appId));
    Map<String, List<RuleRow>> rulesOf =
        rules.stream().collect(Collectors.groupingBy(RuleRow::appId));
    Map<UUID, LimitPlan> planOf = plans.of(apps);
    List<App> assembled = new ArrayList<>(apps.size());
    apps.stream()
        .sorted(Comparator.comparing(AppRow::createdAt).thenComparing(AppRow::id))
        .forEach(
            row ->
                app(
                        row,
                        planOf.getOrDefault(row.tenantId(), LimitPlan.DEFAULT),
                        keysOf.getOrDefault(row.id(), List.of()),
                        rulesOf.getOrDefault(row.id(), List.of()))
                    .ifPresent(assembled::add));
    return assembled;
  }

  /**
   * Empty when someone has put a value into the tables that has no meaning: others must not care.
   */
  private Optional<App> app(AppRow row, LimitPlan plan, List<KeyRow> keys, List<RuleRow> rules) {
    try {
      AppId id = new AppId(row.id());
      List<ApiKey> opened = keys.stream().flatMap(key -> key(id, key).stream()).toList();
      List<ChannelRule> read = rules.stream().map(RuleRow::rule).toList();
      return Optional.of(
          new App(
              id,
              new TenantId(row.tenantId()),
              row.settings(plan),
              opened,
              read,
              row.rulesSinceMillis()));
    } catch (IllegalArgumentException e) {
      LOG.error("App {} is left out, as its rows cannot be read: {}", row.id(), e.getMessage());
      return Optional.empty();
    }
  }

  private Optional<ApiKey> key(AppId app, KeyRow row) {
    KeyId id = new KeyId(row.id());
    Optional<Secret> secret = seal.open(app, id, row.sealedSecret());
    if (secret.isEmpty()) {
      LOG.error("Key {} of app {} is left out, as its secret does not open", id, app);
    }
    return secret.map(
        opened ->
            new ApiKey(id, opened, row.label(), WrittenCapabilities.read(row.capabilities())));
  }
}
