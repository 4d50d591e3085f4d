package io.carillon.edge.protocol.carillon;

import io.carillon.core.engine.PresenceEntry;
import io.carillon.core.engine.Roster;
import io.carillon.core.hub.Delivery.PresenceDelta;
import io.carillon.core.model.ChannelName;
import io.carillon.core.model.Payload;
import io.carillon.edge.format.FrameWriter;
import io.carillon.edge.format.WireFormat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The pushes of presence, as whole messages of one wire format. Immutable. */
final class PresenceFrames {
  /** Each has at most 1 kB of data, so a page stays far below what may wait for a connection. */
  static final int PAGE_ENTRIES = 100;

  private static final int FRAME_BYTES = 96;
  private static final int ENTRY_BYTES = 80;

  private final WireFormat format;

  PresenceFrames(WireFormat format) {
    this.format = format;
  }

  /** 9.7: the roster, in pages; one empty page when nobody is present. */
  List<byte[]> snapshot(ChannelName channel, Roster roster) {
    List<PresenceEntry> entries = roster.entries();
    List<byte[]> pages = new ArrayList<>(1);
    int from = 0;
    do {
      int to = Math.min(from + PAGE_ENTRIES, entries.size());
      FrameWriter frame = start(channel, entries.subList(from, to));
      frame.key(Keys.SNAP).number(pages.size() + 1L).key(Keys.V).number(roster.version());
      set(frame, entries.subList(from, to));
      if (to < entries.size()) {
        frame.key(Keys.MORE).bool(true);
      }
      pages.add(frame.endMap().toBytes());
      from = to;
    } while (from < entries.size());
    return pages;
  }

  /** 9.8. */
  byte[] delta(PresenceDelta delta) {
    FrameWriter frame = start(delta.channel().name(), delta.set());
    frame.key(Keys.F).number(delta.from()).key(Keys.V).number(delta.version());
    if (!delta.set().isEmpty()) {
      set(frame, delta.set());
    }
    if (!delta.gone().isEmpty()) {
      frame.key(Keys.DEL).beginArray(delta.gone().size());
      delta.gone().forEach(frame::text);
      frame.endArray();
    }
    return frame.endMap().toBytes();
  }

  /** 9.10. */
  byte[] count(ChannelName channel, int present) {
    return start(channel, List.of()).key(Keys.N).number(present).endMap().toBytes();
  }

  private FrameWriter start(ChannelName channel, List<PresenceEntry> entries) {
    int bytes = FRAME_BYTES;
    for (PresenceEntry entry : entries) {
      String info = entry.member().info();
      bytes += ENTRY_BYTES + (info == null ? 0 : info.length());
    }
    return format
        .writer(bytes)
        .beginMap()
        .key(Keys.T)
        .text(Words.PRES)
        .key(Keys.CH)
        .text(channel.value());
  }

  private static void set(FrameWriter frame, List<PresenceEntry> entries) {
    frame.key(Keys.SET).beginMap();
    for (PresenceEntry entry : entries) {
      frame.key(entry.key()).beginMap();
      String userId = entry.member().userId();
      if (!userId.equals(entry.key())) {
        frame.key(Keys.ID).text(userId);
      }
      String info = entry.member().info();
      if (info != null) {
        frame.key(Keys.D).payload(Payload.json(info.getBytes(StandardCharsets.UTF_8)));
      }
      frame.endMap();
    }
    frame.endMap();
  }
}
