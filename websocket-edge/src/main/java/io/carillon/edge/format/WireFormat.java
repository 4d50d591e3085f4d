package io.carillon.edge.format;

import java.io.IOException;

/** What the frames of a protocol are written in. Immutable. */
public enum WireFormat {
  /** RFC 8259; binary payloads are Base64. */
  JSON {
    @Override
    public FrameWriter writer(int expectedBytes) {
      return new JsonWriter(expectedBytes);
    }

    @Override
    public ValueReader reader(byte[] message) throws IOException {
      return new JsonReader(message);
    }
  },

  /** <a href="https://github.com/msgpack/msgpack/blob/master/spec.md">MessagePack</a>. */
  MSGPACK {
    @Override
    public FrameWriter writer(int expectedBytes) {
      return new MsgpackWriter(expectedBytes);
    }

    @Override
    public ValueReader reader(byte[] message) {
      return new MsgpackReader(message);
    }
  };

  /** How deep maps and arrays of a client may be nested, in every format. */
  public static final int NESTING_MAX = 100;

  /**
   * Starts a message.
   *
   * @param expectedBytes how long it will be about
   */
  public abstract FrameWriter writer(int expectedBytes);

  /**
   * Starts to read a message of a client.
   *
   * @throws IOException when it is not of this format
   */
  public abstract ValueReader reader(byte[] message) throws IOException;
}
