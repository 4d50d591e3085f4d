package io.carillon.edge.protocol.carillon;

import io.carillon.core.model.ChannelName;
import io.carillon.core.model.Position;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The positions of several channels in one text (13.4), which any node can read. It grants nothing,
 * so it is not signed.
 *
 * <p>Its bytes, in Base64 for URLs: a version, then for each channel the length of its name, the
 * name in UTF-8, the epoch and the offset; numbers are of 7 bits a byte, the lowest first, with the
 * highest bit set on all but the last.
 */
public final class Cursor {
  /** A cursor fits into the line of a request, and into a header beside a token. */
  public static final int CHARACTERS_MAX = 3_000;

  /** Stands for a channel that has no position yet. */
  public static final Position NOWHERE = new Position(0, 0);

  private static final byte VERSION = 1;
  private static final int BYTES_MAX = CHARACTERS_MAX / 4 * 3;
  private static final int NAME_BYTES_MAX = 1_000;

  private Cursor() {}

  /** The text; channels that do not fit it any more are left out, the last ones first. */
  public static String write(Map<ChannelName, Position> positions) {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES_MAX).put(VERSION);
    for (Map.Entry<ChannelName, Position> entry : positions.entrySet()) {
      byte[] name = entry.getKey().value().getBytes(StandardCharsets.UTF_8);
      Position position = entry.getValue();
      int needed =
          size(name.length) + name.length + size(position.epoch()) + size(position.offset());
      if (needed > bytes.remaining()) {
        break;
      }
      put(bytes, name.length);
      bytes.put(name);
      put(bytes, position.epoch());
      put(bytes, position.offset());
    }
    return Base64.getUrlEncoder().withoutPadding().encodeToString(trimmed(bytes));
  }

  /** Whether a cursor holds all of these, wherever they will stand. */
  static boolean fits(Iterable<ChannelName> channels) {
    int bytes = 1;
    for (ChannelName channel : channels) {
      int name = channel.value().getBytes(StandardCharsets.UTF_8).length;
      bytes += size(name) + name + 2 * size(Position.NUMBER_MAX);
    }
    return bytes <= BYTES_MAX;
  }

  /** The positions that the text holds, or null when it is no cursor. */
  public static @Nullable Map<ChannelName, Position> read(String text) {
    if (text.length() > CHARACTERS_MAX) {
      return null;
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
      if (bytes.get() != VERSION) {
        return null;
      }
      Map<ChannelName, Position> positions = new LinkedHashMap<>();
      while (bytes.hasRemaining()) {
        ChannelName name = ChannelName.of(nextName(bytes));
        Position position = new Position(next(bytes), next(bytes));
        if (positions.put(name, position) != null) {
          return null;
        }
      }
      return positions;
    } catch (IllegalArgumentException | BufferUnderflowException e) {
      return null;
    }
  }

  private static String nextName(ByteBuffer bytes) {
    long length = next(bytes);
    if (length > Math.min(bytes.remaining(), NAME_BYTES_MAX)) {
      throw new BufferUnderflowException();
    }
    byte[] name = new byte[(int) length];
    bytes.get(name);
    return new String(name, StandardCharsets.UTF_8);
  }

  private static byte[] trimmed(ByteBuffer bytes) {
    byte[] exact = new byte[bytes.position()];
    bytes.flip().get(exact);
    return exact;
  }

  private static int size(long number) {
    return Math.max(1, (70 - Long.numberOfLeadingZeros(number)) / 7);
  }

  private static void put(ByteBuffer bytes, long number) {
    long rest = number;
    while (rest > 0x7F) {
      bytes.put((byte) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    bytes.put((byte) rest);
  }

  private static long next(ByteBuffer bytes) {
    long number = 0;
    for (int shift = 0; shift < 56; shift += 7) {
      byte b = bytes.get();
      number |= (long) (b & 0x7F) << shift;
      if (b >= 0) {
        if (number > Position.NUMBER_MAX) {
          break;
        }
        return number;
      }
    }
    throw new IllegalArgumentException("a number beyond " + Position.NUMBER_MAX);
  }
}
