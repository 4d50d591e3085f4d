package io.carillon.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.core.engine.PresenceChange;
import io.carillon.core.engine.PresenceChange.Kind;
import io.carillon.core.engine.PresenceEntry;
import io.carillon.core.model.ChannelId;
import io.carillon.core.model.ConnectionId;
import io.carillon.core.model.Member;
import java.nio.ByteBuffer;

/** Entries and changes of rosters as {@code presence.lua} has them. Stateless. */
final class PresenceCodec {
  /** Order, stamp, grace, connection and node. */
  private static final int BEFORE_MEMBER = 4 * Long.BYTES + 16;

  /** In the order of the script's constants. */
  private static final Kind[] KINDS = {
    Kind.USER_JOINED, Kind.JOINED, Kind.UPDATED, Kind.LEFT, Kind.USER_LEFT
  };

  private PresenceCodec() {}

  /** The length of the user's id, the id, and the info behind a 1; 0 when there is none. */
  static byte[] member(Member member) {
    byte[] user = member.userId().getBytes(UTF_8);
    byte[] info = member.info() == null ? new byte[0] : member.info().getBytes(UTF_8);
    return ByteBuffer.allocate(Short.BYTES + user.length + 1 + info.length)
        .putShort((short) user.length)
        .put(user)
        .put((byte) (member.info() == null ? 0 : 1))
        .put(info)
        .array();
  }

  static byte[] connection(ConnectionId connection) {
    return ByteBuffer.allocate(Long.BYTES).putLong(connection.value()).array();
  }

  /** An entry, and where it stands in the order in which entries came. */
  record Ordered(long order, PresenceEntry entry) {}

  static Ordered entry(byte[] key, byte[] value) {
    ByteBuffer in = ByteBuffer.wrap(value);
    long order = in.getLong();
    return new Ordered(
        order, new PresenceEntry(Names.text(key), member(in.position(BEFORE_MEMBER))));
  }

  static PresenceChange change(ChannelId channel, ByteBuffer in) {
    long previous = in.getLong();
    long version = in.getLong();
    Kind kind = KINDS[in.get()];
    int present = in.getInt();
    byte[] key = new byte[in.get()];
    in.get(key);
    PresenceEntry entry = new PresenceEntry(Names.text(key), member(in));
    return new PresenceChange(channel, previous, version, kind, entry, present);
  }

  private static Member member(ByteBuffer in) {
    byte[] user = new byte[in.getShort()];
    in.get(user);
    boolean known = in.get() == 1;
    byte[] info = new byte[in.remaining()];
    in.get(info);
    return new Member(new String(user, UTF_8), known ? new String(info, UTF_8) : null);
  }
}
