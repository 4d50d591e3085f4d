package io.carillon.core.hub;

import io.carillon.core.engine.PresenceChange;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.Position;
import io.carillon.core.model.Publication;

/** Something that every subscriber of a channel is told. Immutable. */
public sealed interface Delivery {
  ChannelId channel();

  /** A publication, which its own author may not get back. */
  record Published(Publication publication) implements Delivery {
    @Override
    public ChannelId channel() {
      return publication.channel();
    }
  }

  /**
   * Not all publications up to this position were delivered, nor will be. Whoever counts positions
   * asks for them again; formats that do not count go on.
   */
  record Skipped(ChannelId channel, Position upTo) implements Delivery {}

  /** A member joined or left. */
  record PresenceChanged(PresenceChange change) implements Delivery {
    @Override
    public ChannelId channel() {
      return change.channel();
    }
  }

  /** How many subscriptions the channel has now. */
  record Counted(ChannelId channel, int subscriptions) implements Delivery {}
}
