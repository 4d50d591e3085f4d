package io.carillon.api.compat.pusher;

import io.carillon.api.http.Checked;
import io.carillon.api.http.Quoted;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.model.App;
import io.carillon.core.model.ChannelKind;
import java.util.EnumSet;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** What {@code info} can ask of a channel. */
enum ChannelAttribute {
  /** Distinct users, of presence channels. */
  USER_COUNT("user_count"),
  /** Subscriptions, of all other channels, where the application has them switched on. */
  SUBSCRIPTION_COUNT("subscription_count"),
  /** The kept message, of cache channels. */
  CACHE("cache");

  private final String wireName;

  ChannelAttribute(String wireName) {
    this.wireName = wireName;
  }

  String wireName() {
    return wireName;
  }

  /** The attributes of a comma list, of which only some are possible here. */
  static Checked<Set<ChannelAttribute>> listed(String commaList, Set<ChannelAttribute> possible) {
    Set<ChannelAttribute> found = EnumSet.noneOf(ChannelAttribute.class);
    if (commaList.isEmpty()) {
      return Checked.valid(found);
    }
    for (String name : commaList.split(",", -1)) {
      ChannelAttribute attribute = named(name.strip(), possible);
      if (attribute == null) {
        StringJoiner names = new StringJoiner(", ");
        possible.forEach(one -> names.add(one.wireName));
        return Checked.refused(
            ErrorCode.ATTRIBUTE_INVALID, "info: " + Quoted.of(name) + " (expected: " + names + ")");
      }
      found.add(attribute);
    }
    return Checked.valid(found);
  }

  private static @Nullable ChannelAttribute named(String name, Set<ChannelAttribute> possible) {
    for (ChannelAttribute attribute : possible) {
      if (attribute.wireName.equals(name)) {
        return attribute;
      }
    }
    return null;
  }

  /** Why a channel of this kind does not have the attribute, or null when it has. */
  @Nullable String problemWith(App app, ChannelKind kind) {
    return switch (this) {
      case USER_COUNT -> kind.isPresence() ? null : "a presence channel";
      case CACHE -> kind.isCached() ? null : "a cache channel";
      case SUBSCRIPTION_COUNT -> {
        if (kind.isPresence()) {
          yield "a channel without presence; ask for user_count";
        }
        yield app.settings().features().subscriptionCounts()
            ? null
            : "subscription counts switched on in the application's settings";
      }
    };
  }
}
