package io.carillon.core.session;

import io.carillon.core.engine.PresenceEntry;
import io.carillon.core.hub.Subscriber;
import io.carillon.core.model.ChannelId;
import org.jspecify.annotations.Nullable;

/** One channel in a session; confined to the session's lane. */
final class Subscription {
  private final Subscriber subscriber;
  private final @Nullable PresenceEntry entry;
  private boolean counted;

  Subscription(Subscriber subscriber, @Nullable PresenceEntry entry) {
    this.subscriber = subscriber;
    this.entry = entry;
  }

  ChannelId channel() {
    return subscriber.channel();
  }

  Subscriber subscriber() {
    return subscriber;
  }

  /** Who is present by this subscription, where subscribing is entering. */
  @Nullable PresenceEntry entry() {
    return entry;
  }

  /** Whether the client was told that it is subscribed, and the subscription counts. */
  boolean isCounted() {
    return counted;
  }

  void setCounted() {
    counted = true;
  }
}
