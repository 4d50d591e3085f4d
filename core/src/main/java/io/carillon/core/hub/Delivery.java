package io.carillon.core.hub;

import io.carillon.core.engine.PresenceChange;
import io.carillon.core.engine.PresenceEntry;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.Position;
import io.carillon.core.model.Publication;
import io.carillon.core.model.Signal;
import java.util.List;

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

  /**
   * What stands behind one position, up to the other one of the same epoch, was left out for one
   * reader that is too slow, as the channel's rule says. It is not an offer to bring it.
   */
  record Missed(ChannelId channel, Position from, Position to) implements Delivery {}

  /** A member joined or left. */
  record PresenceChanged(PresenceChange change) implements Delivery {
    @Override
    public ChannelId channel() {
      return change.channel();
    }
  }

  /**
   * What changed between two versions of the roster, as it was at the later one.
   *
   * @param from 0 when nobody was present, so that whoever is told forgets everyone first
   * @param set entries that are new or have other data
   * @param gone keys of entries that left
   */
  record PresenceDelta(
      ChannelId channel, long from, long version, List<PresenceEntry> set, List<String> gone)
      implements Delivery {
    public PresenceDelta {
      set = List.copyOf(set);
      gone = List.copyOf(gone);
    }
  }

  /** How many entries the roster of this version has. */
  record PresenceCounted(ChannelId channel, long version, int present) implements Delivery {}

  /** A signal, which its sender does not get back. */
  record Signalled(Signal signal) implements Delivery {
    @Override
    public ChannelId channel() {
      return signal.channel();
    }
  }

  /** How many subscriptions the channel has now. */
  record Counted(ChannelId channel, int subscriptions) implements Delivery {}
}
