package io.carillon.core.account;

import io.carillon.core.account.AppListings.AppListing;
import io.carillon.core.account.AuditLog.Change;
import io.carillon.core.engine.RuleAdmin;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.model.App;
import io.carillon.core.model.AppId;
import io.carillon.core.model.AppSettings;
import io.carillon.core.model.ChannelPattern;
import io.carillon.core.model.ChannelRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's applications and their rules, as its members change them. Calls block. Thread-safe.
 */
public final class Apps {
  static final int APPS_MAX = 500;

  private final ConsolePorts ports;
  private final AppListings listings;
  private final RuleAdmin rules;

  public Apps(ConsolePorts ports, AppListings listings, RuleAdmin rules) {
    this.ports = ports;
    this.listings = listings;
    this.rules = rules;
  }

  /** An application with what only people ask for. */
  public record Listed(AppListing listing, App app) {}

  /** The tenant's applications, oldest first. */
  public List<Listed> list(Acting by) {
    List<App> apps = ports.directory().apps(by.tenant());
    List<Listed> listed = new ArrayList<>();
    for (AppListing listing : listings.apps(by.tenant())) {
      apps.stream()
          .filter(app -> app.id().equals(listing.id()))
          .findFirst()
          .ifPresent(app -> listed.add(new Listed(listing, app)));
    }
    return listed;
  }

  /** The tenant's application, or a refusal that is the same for others' and for none. */
  public Outcome<Listed> find(Acting by, AppId id) {
    return list(by).stream()
        .filter(listed -> listed.app().id().equals(id))
        .findFirst()
        .map(Outcome::done)
        .orElseGet(() -> Outcome.refused(ErrorCode.TENANT_APP_UNKNOWN));
  }

  public Outcome<Listed> create(Acting by, String name) {
    return Fields.name(name, "name")
        .then(
            good -> {
              if (listings.apps(by.tenant()).size() >= APPS_MAX) {
                return Outcome.refused(ErrorCode.TOO_MANY_ITEMS);
              }
              AppId id =
                  ports
                      .work()
                      .atomically(
                          () -> {
                            AppId made = ports.directory().createApp(by.tenant(), good);
                            write(by, "app.created", made, Change.to("name", good));
                            return made;
                          });
              return find(by, id);
            });
  }

  /**
   * Changes name and settings.
   *
   * @param name null to keep it
   */
  public Outcome<Listed> change(
      Acting by, Listed listed, @Nullable String name, AppSettings settings) {
    AppId id = listed.app().id();
    String old = listed.listing().name();
    return Fields.name(name == null ? old : name, "name")
        .then(
            good -> {
              Map<String, String> before = Described.app(old, listed.app().settings());
              Map<String, String> after = Described.app(good, settings);
              if (before.equals(after)) {
                return Outcome.done(listed);
              }
              ports
                  .work()
                  .atomically(
                      () -> {
                        listings.rename(by.tenant(), id, good);
                        if (!settings.equals(listed.app().settings())) {
                          ports.directory().changeSettings(by.tenant(), id, settings);
                        }
                        write(by, "app.changed", id, Described.difference(before, after));
                        return id;
                      });
              return find(by, id);
            });
  }

  public Outcome<AppId> delete(Acting by, Listed listed) {
    AppId id = listed.app().id();
    return ports
        .work()
        .atomically(
            () -> {
              if (!ports.directory().deleteApp(by.tenant(), id)) {
                return Outcome.refused(ErrorCode.TENANT_APP_UNKNOWN);
              }
              Change gone = new Change(Map.of("name", listed.listing().name()), null);
              write(by, "app.deleted", id, gone);
              return Outcome.done(id);
            });
  }

  /** Whether the rule is new. */
  public Outcome<Boolean> putRule(Acting by, Listed listed, ChannelRule rule) {
    App app = listed.app();
    ChannelRule old = rule(app, rule.pattern());
    return ports
        .work()
        .atomically(
            () ->
                switch (rules.put(by.tenant(), app.id(), rule)) {
                  case CREATED, REPLACED -> {
                    if (!rule.equals(old)) {
                      Change change =
                          new Change(
                              old == null ? null : Described.rule(old), Described.rule(rule));
                      write(by, "rule.put", app.id(), change);
                    }
                    yield Outcome.done(old == null);
                  }
                  case TOO_MANY -> Outcome.refused(ErrorCode.TOO_MANY_ITEMS);
                  case NO_APP -> Outcome.refused(ErrorCode.TENANT_APP_UNKNOWN);
                });
  }

  public Outcome<ChannelPattern> removeRule(Acting by, Listed listed, ChannelPattern pattern) {
    App app = listed.app();
    ChannelRule old = rule(app, pattern);
    return ports
        .work()
        .atomically(
            () -> {
              if (!rules.remove(by.tenant(), app.id(), pattern)) {
                return Outcome.refused(ErrorCode.RULE_UNKNOWN);
              }
              Map<String, String> was =
                  old == null ? Map.of("pattern", pattern.text()) : Described.rule(old);
              write(by, "rule.removed", app.id(), new Change(was, null));
              return Outcome.done(pattern);
            });
  }

  private static @Nullable ChannelRule rule(App app, ChannelPattern pattern) {
    return app.rules().stream()
        .filter(rule -> rule.pattern().equals(pattern))
        .findFirst()
        .orElse(null);
  }

  private void write(Acting by, String action, AppId app, Change change) {
    ports.journal().write(by, action, "app " + app, change);
  }
}
