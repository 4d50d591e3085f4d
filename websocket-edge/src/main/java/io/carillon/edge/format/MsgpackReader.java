package io.carillon.edge.format;

import io.carillon.core.model.Payload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads MessagePack of a client. Nothing is allocated by a length that was only claimed: a text, a
 * map or an array that cannot be in the message is refused at its header. Entries whose key is no
 * text are passed over. Not thread-safe.
 */
final class MsgpackReader implements ValueReader {
  /** Whole numbers up to here are exact in a float, and some clients send all large ones so. */
  private static final double EXACT_MAX = 1L << 53;

  private final MsgpackHeader header;
  private final byte[] in;

  /** How many values are still to come at each depth; in a map an entry is one. */
  private int[] left = {1, 0, 0, 0};

  private boolean[] inMap = new boolean[4];
  private int depth;
  private int keyStart;
  private int keyEnd;
  private int strayKeys;
  private Kind kind = Kind.END;

  MsgpackReader(byte[] message) {
    this.in = message;
    this.header = new MsgpackHeader(message);
  }

  @Override
  public Kind next() throws IOException {
    kind = advance();
    return kind;
  }

  private Kind advance() throws IOException {
    while (left[depth] > 0) {
      left[depth]--;
      if (!inMap[depth] || readKey()) {
        return readValue();
      }
    }
    if (depth > 0) {
      depth--;
      return Kind.END;
    }
    if (!header.isAtEnd()) {
      throw new IOException("more than one value");
    }
    return Kind.END;
  }

  /** Whether the key is a text; else the entry has been passed over. */
  private boolean readKey() throws IOException {
    if (readValue() == Kind.TEXT) {
      keyStart = header.from();
      keyEnd = header.to();
      return true;
    }
    strayKeys++;
    skipInside();
    readValue();
    skipInside();
    return false;
  }

  private Kind readValue() throws IOException {
    kind = kindOf(header.read());
    if (kind == Kind.MAP || kind == Kind.ARRAY) {
      push(header.count(), kind == Kind.MAP);
    }
    return kind;
  }

  private Kind kindOf(MsgpackHeader.Type type) {
    return switch (type) {
      case MAP -> Kind.MAP;
      case ARRAY -> Kind.ARRAY;
      case TEXT -> Kind.TEXT;
      case INTEGER -> Kind.INTEGER;
      case FLOAT -> isWhole(header.floating()) ? Kind.INTEGER : Kind.OTHER;
      case TRUE, FALSE -> Kind.BOOLEAN;
      case NIL, UNSIGNED, BINARY, EXTENSION -> Kind.OTHER;
    };
  }

  private static boolean isWhole(double value) {
    return value == Math.rint(value) && Math.abs(value) < EXACT_MAX;
  }

  private void push(int count, boolean map) throws IOException {
    if (depth == WireFormat.NESTING_MAX) {
      throw new IOException("nested deeper than " + WireFormat.NESTING_MAX);
    }
    depth++;
    if (depth == left.length) {
      left = Arrays.copyOf(left, 2 * depth);
      inMap = Arrays.copyOf(inMap, 2 * depth);
    }
    left[depth] = count;
    inMap[depth] = map;
  }

  @Override
  public Kind kind() {
    return kind;
  }

  @Override
  public String key() {
    return new String(in, keyStart, keyEnd - keyStart, StandardCharsets.UTF_8);
  }

  @Override
  public String text() {
    return new String(in, header.from(), header.to() - header.from(), StandardCharsets.UTF_8);
  }

  @Override
  public long integer() {
    return header.type() == MsgpackHeader.Type.FLOAT ? (long) header.floating() : header.integer();
  }

  @Override
  public boolean bool() {
    return header.type() == MsgpackHeader.Type.TRUE;
  }

  @Override
  public @Nullable Payload payload() throws IOException {
    if (header.type() == MsgpackHeader.Type.BINARY) {
      return Payload.binary(Arrays.copyOfRange(in, header.from(), header.to()));
    }
    if (kind == Kind.TEXT) {
      return Payload.text(text());
    }
    JsonBytes json = new JsonBytes(64);
    int outer = kind == Kind.MAP || kind == Kind.ARRAY ? depth - 1 : depth;
    int stray = strayKeys;
    boolean faithful = copy(json);
    while (depth > outer) {
      next();
    }
    kind = Kind.OTHER;
    return faithful && strayKeys == stray ? Payload.json(json.toBytes()) : null;
  }

  /** Appends the value as JSON; false when it has no such form, and it stands somewhere inside. */
  private boolean copy(JsonBytes json) throws IOException {
    switch (header.type()) {
      case MAP -> {
        return copyInside(json, true);
      }
      case ARRAY -> {
        return copyInside(json, false);
      }
      case TEXT -> json.string(in, header.from(), header.to());
      case INTEGER -> json.number(header.integer());
      case UNSIGNED -> json.raw(Long.toUnsignedString(header.integer()));
      case FLOAT -> json.raw(Double.toString(header.floating()));
      case TRUE -> json.raw("true");
      case FALSE -> json.raw("false");
      case NIL -> json.raw("null");
      case BINARY, EXTENSION -> {
        return false;
      }
    }
    return header.type() != MsgpackHeader.Type.FLOAT || Double.isFinite(header.floating());
  }

  /** Recursive, as deep as {@link WireFormat#NESTING_MAX} lets it be. */
  private boolean copyInside(JsonBytes json, boolean map) throws IOException {
    json.raw(map ? '{' : '[');
    String comma = "";
    while (next() != Kind.END) {
      json.raw(comma);
      comma = ",";
      if (map) {
        json.string(in, keyStart, keyEnd).raw(':');
      }
      if (!copy(json)) {
        return false;
      }
    }
    json.raw(map ? '}' : ']');
    return true;
  }

  @Override
  public void skip() throws IOException {
    skipInside();
    kind = Kind.OTHER;
  }

  private void skipInside() throws IOException {
    if (kind == Kind.MAP || kind == Kind.ARRAY) {
      int outer = depth - 1;
      while (depth > outer) {
        next();
      }
    }
  }

  @Override
  public void close() {
    // holds nothing but the message
  }
}
