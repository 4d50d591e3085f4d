package io.carillon.postgres;

import io.carillon.core.engine.RuleAdmin;
import io.carillon.core.model.App;
import io.carillon.core.model.AppId;
import io.carillon.core.model.ChannelPattern;
import io.carillon.core.model.ChannelRule;
import io.carillon.core.model.TenantId;
import java.util.Optional;
import java.util.UUID;

/**
 * Changes rows of {@code channel_rules}, one transaction a call; the table's triggers tell the
 * nodes. Immutable, thread-safe.
 */
record PostgresRuleAdmin(DirectoryTables tables) implements RuleAdmin {
  @Override
  public PutOutcome put(TenantId tenant, AppId app, ChannelRule rule) {
    return tables.transactions().executeWrite(status -> putLocked(tenant, app, rule));
  }

  private PutOutcome putLocked(TenantId tenant, AppId app, ChannelRule rule) {
    UUID tenantId = tenant.value();
    String appId = app.value();
    if (tables.apps().findByTenantIdAndIdForUpdate(tenantId, appId).isEmpty()) {
      return PutOutcome.NO_APP;
    }
    String pattern = rule.pattern().text();
    Optional<RuleRow> existing =
        tables.rules().findByTenantIdAndAppIdAndPattern(tenantId, appId, pattern);
    if (existing.isPresent() && existing.get().rule().equals(rule)) {
      // not written, so that no node is told, and the archive stays known to be without a hole
      return PutOutcome.REPLACED;
    }
    if (existing.isEmpty()
        && tables.rules().countByTenantIdAndAppId(tenantId, appId) >= App.RULES_MAX) {
      return PutOutcome.TOO_MANY;
    }
    tables.rules().deleteByTenantIdAndAppIdAndPattern(tenantId, appId, pattern);
    tables.rules().save(RuleRow.of(tenant, app, rule));
    return existing.isPresent() ? PutOutcome.REPLACED : PutOutcome.CREATED;
  }

  @Override
  public boolean remove(TenantId tenant, AppId app, ChannelPattern pattern) {
    return tables
            .rules()
            .deleteByTenantIdAndAppIdAndPattern(tenant.value(), app.value(), pattern.text())
        > 0;
  }
}
