package io.carillon.client;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plain values and bytes as MessagePack: clauses 1.7 to 1.9 of the protocol. Stateless. */
final class MessagePack {
  /** Clause 1.8. */
  private static final int DEPTH_MAX = 100;

  private MessagePack() {}

  /**
   * The same frames, with bytes in the place of their Base64.
   *
   * @param message as it was read from JSON; its items are changed
   */
  static byte[] of(@Nullable Object message) {
    List<?> frames =
        message instanceof List<?> list ? list : List.of(message == null ? "" : message);
    for (Object frame : frames) {
      if (frame instanceof Map<?, ?> map && map.get("m") instanceof List<?> items) {
        items.forEach(MessagePack::useBytes);
      }
    }
    return write(message);
  }

  @SuppressWarnings("unchecked") // keys of JSON are strings
  private static void useBytes(Object item) {
    if (item instanceof Map<?, ?> map
        && "b64".equals(map.get("enc"))
        && map.get("d") instanceof String text) {
      map.remove("enc");
      ((Map<String, Object>) map).put("d", Base64.getDecoder().decode(text));
    }
  }

  /** The value in the shortest form. */
  static byte[] write(@Nullable Object value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      write(new DataOutputStream(bytes), value);
    } catch (IOException inMemory) {
      throw new IllegalStateException(inMemory);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, @Nullable Object value) throws IOException {
    if (value instanceof String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      if (bytes.length < 32) {
        out.write(0xa0 | bytes.length);
      } else {
        sized(out, bytes.length, 0xd9);
      }
      out.write(bytes);
    } else if (value instanceof Long number) {
      whole(out, number);
    } else if (value instanceof Map<?, ?> map) {
      head(out, map.size(), 0x80, 0xde);
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        write(out, entry.getKey());
        write(out, entry.getValue());
      }
    } else if (value instanceof List<?> items) {
      head(out, items.size(), 0x90, 0xdc);
      for (Object item : items) {
        write(out, item);
      }
    } else if (value instanceof byte[] bytes) {
      sized(out, bytes.length, 0xc4);
      out.write(bytes);
    } else if (value instanceof BigInteger number) {
      out.write(0xcf);
      out.writeLong(number.longValue());
    } else if (value instanceof Double number) {
      out.write(0xcb);
      out.writeDouble(number);
    } else {
      out.write(value == null ? 0xc0 : value.equals(true) ? 0xc3 : 0xc2);
    }
  }

  private static void whole(DataOutputStream out, long number) throws IOException {
    if (number >= -32 && number < 128) {
      out.write((int) number);
    } else if (number >= 0 && number <= 0xffffffffL) {
      sized(out, number, 0xcc);
    } else if (number != (int) number) {
      out.write(number < 0 ? 0xd3 : 0xcf);
      out.writeLong(number);
    } else if (number >= Byte.MIN_VALUE) {
      out.write(0xd0);
      out.write((int) number);
    } else if (number >= Short.MIN_VALUE) {
      out.write(0xd1);
      out.writeShort((int) number);
    } else {
      out.write(0xd2);
      out.writeInt((int) number);
    }
  }

  /** The short form up to 15, else those with 16 and 32 bits that begin at the type. */
  private static void head(DataOutputStream out, int length, int small, int type)
      throws IOException {
    if (length < 16) {
      out.write(small | length);
    } else {
      // at least 16 bits: as if there were a form with 8 before them
      sized(out, length, type - 1, 1);
    }
  }

  private static void sized(DataOutputStream out, long number, int type) throws IOException {
    sized(out, number, type, number < 0x100 ? 0 : 1);
  }

  /** The forms with 8, 16 and 32 bits that begin at the type, from one of them on. */
  private static void sized(DataOutputStream out, long number, int type, int power)
      throws IOException {
    int enough = number < 0x10000 ? power : 2;
    out.write(type + enough);
    for (int bits = (8 << enough) - 8; bits >= 0; bits -= 8) {
      out.write((int) (number >> bits));
    }
  }

  /**
   * The value that the message is.
   *
   * @throws IllegalArgumentException when it is none, or has a type that the protocol has not
   */
  static @Nullable Object read(byte[] message) {
    ByteBuffer in = ByteBuffer.wrap(message);
    try {
      Object value = read(in, 0);
      if (in.hasRemaining()) {
        throw refused("more", "the end");
      }
      return value;
    } catch (BufferUnderflowException cutShort) {
      throw refused("the end", "more");
    }
  }

  private static @Nullable Object read(ByteBuffer in, int depth) {
    if (depth > DEPTH_MAX) {
      throw refused("more levels", "at most " + DEPTH_MAX);
    }
    int type = in.get() & 0xff;
    if (type < 0x80 || type >= 0xe0) {
      return (long) (byte) type;
    }
    if (type < 0x90) {
      return map(in, type & 15, depth);
    }
    if (type < 0xa0) {
      return array(in, type & 15, depth);
    }
    if (type < 0xc0) {
      return text(in, type & 31);
    }
    switch (type) {
      case 0xc0:
        return null;
      case 0xc2, 0xc3:
        return type == 0xc3;
      case 0xc4, 0xc5, 0xc6:
        return bytes(in, unsigned(in, type - 0xc4));
      case 0xca:
        return (double) in.getFloat();
      case 0xcb:
        return in.getDouble();
      case 0xcc, 0xcd, 0xce:
        return unsigned(in, type - 0xcc);
      case 0xcf:
        long bits = in.getLong();
        return bits >= 0 ? bits : (Object) new BigInteger(Long.toUnsignedString(bits));
      case 0xd0:
        return (long) in.get();
      case 0xd1:
        return (long) in.getShort();
      case 0xd2:
        return (long) in.getInt();
      case 0xd3:
        return in.getLong();
      case 0xd9, 0xda, 0xdb:
        return text(in, unsigned(in, type - 0xd9));
      case 0xdc, 0xdd:
        return array(in, unsigned(in, type - 0xdb), depth);
      case 0xde, 0xdf:
        return map(in, unsigned(in, type - 0xdd), depth);
      default:
        throw refused("type " + type, "one that JSON knows, or bin");
    }
  }

  /** Of 8, 16 or 32 bits. */
  private static long unsigned(ByteBuffer in, int power) {
    long number = 0;
    for (int i = 0; i < 1 << power; i++) {
      number = (number << 8) | (in.get() & 0xff);
    }
    return number;
  }

  private static byte[] bytes(ByteBuffer in, long length) {
    if (length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] bytes = new byte[(int) length];
    in.get(bytes);
    return bytes;
  }

  private static String text(ByteBuffer in, long length) {
    return new String(bytes(in, length), StandardCharsets.UTF_8);
  }

  private static List<@Nullable Object> array(ByteBuffer in, long length, int depth) {
    List<@Nullable Object> items = new ArrayList<>();
    for (long i = 0; i < length; i++) {
      items.add(read(in, depth + 1));
    }
    return items;
  }

  /** Clause 1.8: entries whose key is no string are ignored. */
  private static Map<String, @Nullable Object> map(ByteBuffer in, long length, int depth) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    for (long i = 0; i < length; i++) {
      Object key = read(in, depth + 1);
      Object value = read(in, depth + 1);
      if (key instanceof String name) {
        fields.put(name, value);
      }
    }
    return fields;
  }

  private static IllegalArgumentException refused(String found, String expected) {
    return new IllegalArgumentException("messagepack: " + found + " (expected: " + expected + ")");
  }
}
