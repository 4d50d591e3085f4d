package io.carillon.core.webhook;

import io.carillon.core.model.AppId;
import io.carillon.core.model.ChannelId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who wants to be told of what, as the paths of messages ask. Immutable. */
final class Interests {
  static final Interests NONE = new Interests(List.of());

  private final Map<AppId, Of> apps;
  private final Map<WebhookId, WebhookEndpoint> byId;

  /** Of one application. */
  private record Of(Set<WebhookType> types, List<WebhookEndpoint> endpoints) {}

  Interests(Collection<WebhookEndpoint> endpoints) {
    Map<AppId, List<WebhookEndpoint>> grouped = new HashMap<>();
    Map<WebhookId, WebhookEndpoint> ids = new HashMap<>();
    for (WebhookEndpoint endpoint : endpoints) {
      grouped.computeIfAbsent(endpoint.app(), app -> new ArrayList<>()).add(endpoint);
      ids.put(endpoint.id(), endpoint);
    }
    Map<AppId, Of> made = new HashMap<>();
    grouped.forEach((app, those) -> made.put(app, new Of(typesOf(those), List.copyOf(those))));
    this.apps = Map.copyOf(made);
    this.byId = Map.copyOf(ids);
  }

  private static Set<WebhookType> typesOf(List<WebhookEndpoint> endpoints) {
    EnumSet<WebhookType> types = EnumSet.noneOf(WebhookType.class);
    endpoints.forEach(endpoint -> types.addAll(endpoint.settings().filter().types()));
    return types;
  }

  boolean isEmpty() {
    return apps.isEmpty();
  }

  boolean wants(AppId app, WebhookType type) {
    Of of = apps.get(app);
    return of != null && of.types().contains(type);
  }

  boolean wantsMovements(AppId app) {
    Of of = apps.get(app);
    return of != null && of.types().stream().anyMatch(WebhookType::isMovement);
  }

  List<AppId> appsWithMovements() {
    return apps.keySet().stream().filter(this::wantsMovements).toList();
  }

  List<AppId> appsWith(WebhookType type) {
    return apps.keySet().stream().filter(app -> wants(app, type)).toList();
  }

  Stream<WebhookEndpoint> endpoints() {
    return byId.values().stream();
  }

  @Nullable WebhookEndpoint endpoint(WebhookId id) {
    return byId.get(id);
  }

  /** The endpoints that an event is for. */
  List<WebhookEndpoint> takers(WebhookType type, ChannelId channel) {
    Of of = apps.get(channel.app());
    if (of == null || !of.types().contains(type)) {
      return List.of();
    }
    String name = channel.name().value();
    return of.endpoints().stream()
        .filter(endpoint -> endpoint.settings().filter().takes(type, name))
        .toList();
  }
}
