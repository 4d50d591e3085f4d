package io.carillon.core.session;

import io.carillon.core.hub.Subscriber;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.Member;
import org.jspecify.annotations.Nullable;

/** One channel in a session; confined to the session's lane. */
final class Subscription {
  private final Subscriber subscriber;
  private final @Nullable Member member;
  private boolean counted;

  Subscription(Subscriber subscriber, @Nullable Member member) {
    this.subscriber = subscriber;
    this.member = member;
  }

  ChannelId channel() {
    return subscriber.channel();
  }

  Subscriber subscriber() {
    return subscriber;
  }

  /** Who is present by this subscription; on presence channels only. */
  @Nullable Member member() {
    return member;
  }

  /** Whether the client was told that it is subscribed, and the subscription counts. */
  boolean isCounted() {
    return counted;
  }

  void setCounted() {
    counted = true;
  }
}
