package io.carillon.core.session;

import io.carillon.core.engine.PresenceEntry;
import io.carillon.core.hub.Subscriber;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.KeyId;
import org.jspecify.annotations.Nullable;

/** One channel in a session; confined to the session's lane. */
final class Subscription {
  private final Subscriber subscriber;
  private final @Nullable PresenceEntry entry;
  private final @Nullable KeyId signedBy;
  private boolean counted;

  /**
   * @param signedBy the key that signed it, when that is not the connection's
   */
  Subscription(Subscriber subscriber, @Nullable PresenceEntry entry, @Nullable KeyId signedBy) {
    this.subscriber = subscriber;
    this.entry = entry;
    this.signedBy = signedBy;
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

  /** The key that signed the subscription; null for the one with which the connection came. */
  @Nullable KeyId signedBy() {
    return signedBy;
  }

  /** Whether the client was told that it is subscribed, and the subscription counts. */
  boolean isCounted() {
    return counted;
  }

  void setCounted() {
    counted = true;
  }
}
