package io.carillon.core.account;

import static io.carillon.core.account.Declarations.done;
import static io.carillon.core.account.Declarations.refused;

import io.carillon.core.account.AppListings.KeyListing;
import io.carillon.core.account.AuditLog.Change;
import io.carillon.core.account.Plan.Action;
import io.carillon.core.account.Plan.Kind;
import io.carillon.core.account.Plan.Made;
import io.carillon.core.account.Plan.Step;
import io.carillon.core.engine.DirectoryAdmin.KeyTraits;
import io.carillon.core.model.ApiKey;
import io.carillon.core.model.AppId;
import io.carillon.core.model.ChannelPattern;
import io.carillon.core.model.ChannelRule;
import io.carillon.core.webhook.WebhookAdmin;
import io.carillon.core.webhook.WebhookEndpoint;
import io.carillon.core.webhook.WebhookSettings;
import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes one application as it is declared. Confined to one call.
 *
 * @param at where it stands in the declaration
 * @param steps to which is added what was done
 */
record AppDeclaration(Acting by, AppParts parts, boolean prune, String at, List<Step> steps) {

  void apply(DeclaredApp declared) {
    Apps.Listed app = app(declared);
    if (declared.keys() != null) {
      keys(app, declared.keys());
    }
    if (declared.rules() != null) {
      rules(app, declared.rules());
    }
    if (declared.webhooks() != null) {
      webhooks(app, declared.webhooks());
    }
  }

  private Apps.Listed app(DeclaredApp declared) {
    Apps.Listed old = declared.existing().orElse(null);
    Apps.Listed app =
        old == null ? done(parts.apps().create(by, declared.name()), at + "/name") : old;
    Map<String, String> before =
        old == null ? Map.of() : Described.app(declared.name(), app.app().settings());
    Map<String, String> after = Described.app(declared.name(), declared.settings());
    Apps.Listed changed = done(parts.apps().change(by, app, null, declared.settings()), at);
    Action action =
        old == null ? Action.CREATE : before.equals(after) ? Action.UNCHANGED : Action.UPDATE;
    note(Kind.APP, declared.name(), declared.name(), action, change(action, before, after), null);
    return changed;
  }

  private void keys(Apps.Listed app, List<KeyTraits> declared) {
    AppId id = app.app().id();
    Map<String, KeyListing> known = new HashMap<>();
    for (KeyListing key : parts.keys().list(by, id)) {
      // one that has a successor ends by itself
      if (key.closesAt() == null && known.put(key.label(), key) != null) {
        throw refused(Declarations.twice("label", key.label()), at + "/keys");
      }
    }
    Set<String> labels = new HashSet<>();
    for (int i = 0; i < declared.size(); i++) {
      KeyTraits traits = declared.get(i);
      String place = at + "/keys/" + i;
      if (!labels.add(traits.label())) {
        throw refused(Declarations.twice("label", traits.label()), place + "/label");
      }
      key(app, known.get(traits.label()), traits, place);
    }
    known.keySet().removeAll(labels);
    if (prune) {
      known.values().forEach(key -> removeKey(app, key));
    }
  }

  private void key(Apps.Listed app, @Nullable KeyListing old, KeyTraits traits, String place) {
    AppId id = app.app().id();
    Map<String, String> after = Described.key(traits);
    if (old == null) {
      Keys.Made made = done(parts.keys().create(by, id, traits), place);
      note(
          Kind.KEY,
          name(app),
          traits.label(),
          Action.CREATE,
          new Change(null, after),
          made(made.key()));
      return;
    }
    Map<String, String> before = Described.key(new KeyTraits(old.label(), old.limit()));
    Action action = before.equals(after) ? Action.UNCHANGED : Action.UPDATE;
    done(parts.keys().change(by, id, old, traits), place);
    note(Kind.KEY, name(app), traits.label(), action, change(action, before, after), null);
  }

  private void removeKey(Apps.Listed app, KeyListing key) {
    done(parts.keys().revoke(by, app.app().id(), key), at + "/keys");
    Change gone = new Change(Described.key(new KeyTraits(key.label(), key.limit())), null);
    note(Kind.KEY, name(app), key.label(), Action.DELETE, gone, null);
  }

  private void rules(Apps.Listed app, List<ChannelRule> declared) {
    Map<ChannelPattern, ChannelRule> known = new HashMap<>();
    app.app().rules().forEach(rule -> known.put(rule.pattern(), rule));
    Set<ChannelPattern> patterns = new HashSet<>();
    for (int i = 0; i < declared.size(); i++) {
      ChannelRule rule = declared.get(i);
      String place = at + "/rules/" + i;
      if (!patterns.add(rule.pattern())) {
        throw refused(Declarations.twice("pattern", rule.pattern().text()), place + "/pattern");
      }
      rule(app, known.get(rule.pattern()), rule, place);
    }
    known.keySet().removeAll(patterns);
    if (prune) {
      known.values().forEach(rule -> removeRule(app, rule));
    }
  }

  private void rule(Apps.Listed app, @Nullable ChannelRule old, ChannelRule rule, String place) {
    Action action =
        old == null ? Action.CREATE : old.equals(rule) ? Action.UNCHANGED : Action.UPDATE;
    if (action != Action.UNCHANGED) {
      done(parts.apps().putRule(by, app, rule), place);
    }
    Map<String, String> before = old == null ? Map.of() : Described.rule(old);
    Change change = change(action, before, Described.rule(rule));
    note(Kind.RULE, name(app), rule.pattern().text(), action, change, null);
  }

  private void removeRule(Apps.Listed app, ChannelRule rule) {
    done(parts.apps().removeRule(by, app, rule.pattern()), at + "/rules");
    Change gone = new Change(Described.rule(rule), null);
    note(Kind.RULE, name(app), rule.pattern().text(), Action.DELETE, gone, null);
  }

  private void webhooks(Apps.Listed app, List<WebhookSettings> declared) {
    Map<URI, WebhookAdmin.Listed> known = new HashMap<>();
    for (WebhookAdmin.Listed webhook : parts.webhooks().list(by, app.app().id())) {
      URI url = webhook.endpoint().settings().url();
      if (known.put(url, webhook) != null) {
        throw refused(Declarations.twice("url", url.toString()), at + "/webhooks");
      }
    }
    Set<URI> urls = new HashSet<>();
    for (int i = 0; i < declared.size(); i++) {
      WebhookSettings settings = declared.get(i);
      String place = at + "/webhooks/" + i;
      if (!urls.add(settings.url())) {
        throw refused(Declarations.twice("url", settings.url().toString()), place + "/url");
      }
      webhook(app, known.get(settings.url()), settings, place);
    }
    known.keySet().removeAll(urls);
    if (prune) {
      known.values().forEach(webhook -> removeWebhook(app, webhook));
    }
  }

  private void webhook(
      Apps.Listed app, WebhookAdmin.@Nullable Listed old, WebhookSettings settings, String place) {
    String url = settings.url().toString();
    Map<String, String> after = Described.webhook(settings);
    if (old == null) {
      WebhookEndpoint made =
          done(parts.webhooks().create(by, app.app().id(), settings), place).endpoint();
      Made secret = new Made(made.id().toString(), made.secrets().current());
      note(Kind.WEBHOOK, name(app), url, Action.CREATE, new Change(null, after), secret);
      return;
    }
    Map<String, String> before = Described.webhook(old.endpoint().settings());
    Action action = before.equals(after) ? Action.UNCHANGED : Action.UPDATE;
    done(parts.webhooks().change(by, old, settings), place);
    note(Kind.WEBHOOK, name(app), url, action, change(action, before, after), null);
  }

  private void removeWebhook(Apps.Listed app, WebhookAdmin.Listed webhook) {
    WebhookSettings settings = webhook.endpoint().settings();
    done(parts.webhooks().delete(by, webhook), at + "/webhooks");
    Change gone = new Change(Described.webhook(settings), null);
    note(Kind.WEBHOOK, name(app), settings.url().toString(), Action.DELETE, gone, null);
  }

  private static Made made(ApiKey key) {
    return new Made(key.id().value(), key.secret());
  }

  private static Change change(
      Action action, Map<String, String> before, Map<String, String> after) {
    return switch (action) {
      case CREATE -> new Change(null, after);
      case UPDATE -> Described.difference(before, after);
      case DELETE -> new Change(before, null);
      case UNCHANGED -> Change.NONE;
    };
  }

  private static String name(Apps.Listed app) {
    return app.listing().name();
  }

  private void note(
      Kind kind, String app, String name, Action action, Change change, @Nullable Made made) {
    steps.add(new Step(kind, app, name, action, change, made));
  }
}
