package io.carillon.api.console;

import io.carillon.api.http.CapabilityFields;
import io.carillon.api.http.Checked;
import io.carillon.api.http.Members;
import io.carillon.api.http.RuleBody;
import io.carillon.api.http.RuleFields;
import io.carillon.core.account.Apps;
import io.carillon.core.account.DeclaredApp;
import io.carillon.core.engine.DirectoryAdmin.KeyTraits;
import io.carillon.core.engine.SchemaCheck;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.model.AppSettings;
import io.carillon.core.model.Capabilities;
import io.carillon.core.model.ChannelRule;
import io.carillon.core.webhook.WebhookSettings;
import io.micronaut.json.tree.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads how applications shall be; the first thing that is wrong ends it, and its place is told.
 * Confined to one reading.
 *
 * @param existing the tenant's applications
 */
record DeclarationFields(List<Apps.Listed> existing, SchemaCheck schemas) {
  private static final int APPS_MAX = 100;

  /** More than an application may have of either. */
  private static final int ITEMS_MAX = 1_000;

  Checked<List<DeclaredApp>> apps(JsonNode json) {
    return each(json, "apps", APPS_MAX, this::app);
  }

  private Checked<DeclaredApp> app(JsonNode json, String at) {
    return Members.shaped(json, DeclarationBodies.DeclaredAppBody.class)
        .then(object -> Members.string(object, "name"))
        .then(
            name -> {
              List<Apps.Listed> same =
                  existing.stream().filter(app -> app.listing().name().equals(name)).toList();
              return same.size() > 1
                  ? Checked.refused(
                      Problem.of(
                              ErrorCode.BAD_REQUEST,
                              "name: \""
                                  + name
                                  + "\", which "
                                  + same.size()
                                  + " apps have (expected: one at most)")
                          .at("/name"))
                  : app(json, name, same.stream().findFirst());
            });
  }

  private Checked<DeclaredApp> app(JsonNode json, String name, Optional<Apps.Listed> old) {
    return settings(json, old.map(app -> app.app().settings()).orElse(AppSettings.DEFAULT))
        .then(
            settings ->
                optional(json, "keys", this::key)
                    .then(
                        keys ->
                            optional(json, "rules", this::rule)
                                .then(
                                    rules ->
                                        Checked.valid(new Parts(keys.orNull(), rules.orNull()))))
                    .then(
                        parts ->
                            optional(json, "webhooks", this::webhook)
                                .then(
                                    webhooks ->
                                        Checked.valid(
                                            new DeclaredApp(
                                                name,
                                                old,
                                                settings,
                                                parts.keys(),
                                                parts.rules(),
                                                webhooks.orNull())))));
  }

  private static Checked<AppSettings> settings(JsonNode json, AppSettings old) {
    return part(json, "settings", DeclarationBodies.DeclaredSettings.class)
        .then(
            settings ->
                part(json, "limits", DeclarationBodies.DeclaredLimits.class)
                    .then(
                        limits ->
                            in("/settings", AppBodies.settings(new Form(settings), old))
                                .then(
                                    switched ->
                                        in(
                                            "/limits",
                                            AppBodies.settings(new Form(limits), switched)))));
  }

  private static Checked<JsonNode> part(JsonNode json, String name, Class<? extends Record> shape) {
    JsonNode value = Members.get(json, name);
    return value == null
        ? Checked.valid(JsonNode.createObjectNode(Map.of()))
        : in("/" + name, Members.shaped(value, shape));
  }

  private record Parts(@Nullable List<KeyTraits> keys, @Nullable List<ChannelRule> rules) {}

  private Checked<WebhookSettings> webhook(JsonNode json, String at) {
    return Members.shaped(json, WebhookBodies.WebhookRequest.class)
        .then(object -> WebhookFields.settings(new Form(object), null));
  }

  private Checked<KeyTraits> key(JsonNode json, String at) {
    return Members.shaped(json, KeyBodies.KeyRequest.class)
        .then(object -> new Form(object).text("label"))
        .then(
            label ->
                Members.get(json, "capabilities") == null
                    ? Checked.valid(new KeyTraits(label.strip(), null))
                    : in("/capabilities", CapabilityFields.read(json))
                        .then(
                            (Capabilities limit) ->
                                Checked.valid(new KeyTraits(label.strip(), limit))));
  }

  private Checked<ChannelRule> rule(JsonNode json, String at) {
    return Members.shaped(json, RuleBody.class)
        .then(object -> new Form(object).text("pattern"))
        .then(text -> in("/pattern", RuleFields.pattern(text)))
        .then(pattern -> RuleFields.rule(pattern, without(json, "pattern"), schemas));
  }

  private static JsonNode without(JsonNode json, String name) {
    Map<String, JsonNode> members = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> member : json.entries()) {
      members.put(member.getKey(), member.getValue());
    }
    members.remove(name);
    return JsonNode.createObjectNode(members);
  }

  /** A list that may be absent, which is not the same as empty. */
  private record Given<T>(@Nullable List<T> orNull) {}

  private static <T> Checked<Given<T>> optional(
      JsonNode json, String name, BiFunction<JsonNode, String, Checked<T>> item) {
    return Members.get(json, name) == null
        ? Checked.valid(new Given<>(null))
        : each(json, name, ITEMS_MAX, item).then(items -> Checked.valid(new Given<>(items)));
  }

  private static <T> Checked<List<T>> each(
      JsonNode json, String name, int most, BiFunction<JsonNode, String, Checked<T>> item) {
    JsonNode list = Members.get(json, name);
    if (list == null || !list.isArray() || list.size() > most) {
      return Checked.refused(Members.wrong(name, list, "a list of up to " + most).at("/" + name));
    }
    List<T> items = new ArrayList<>();
    int index = 0;
    for (JsonNode value : list.values()) {
      String at = "/" + name + "/" + index++;
      switch (in(at, item.apply(value, at))) {
        case Checked.Valid<T>(var valid) -> items.add(valid);
        case Checked.Refused<T>(var problem) -> {
          return Checked.refused(problem);
        }
      }
    }
    return Checked.valid(items);
  }

  /** A refusal that says where in the whole its place is. */
  private static <T> Checked<T> in(String at, Checked<T> checked) {
    return checked instanceof Checked.Refused<T>(var problem)
        ? Checked.refused(problem.at(at + problem.pointer()))
        : checked;
  }
}
