package io.carillon.acceptance.harness;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;

/**
 * A WebSocket that reads and never answers, not even a ping, as a client whose machine went away.
 * Confined to the test.
 */
public final class SilentSocket implements AutoCloseable {
  private static final int OPCODE_MASK = 0x0f;
  private static final int CLOSE = 8;
  private static final int TWO_BYTE_LENGTH = 126;
  private static final int EIGHT_BYTE_LENGTH = 127;

  private final Socket socket;
  private final DataInputStream in;

  private SilentSocket(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(socket.getInputStream());
  }

  public static SilentSocket open(URI uri) throws IOException {
    Socket socket = new Socket(uri.getHost(), uri.getPort());
    socket.setSoTimeout((int) Deadline.DEFAULT.toMillis());
    String head =
        """
        GET %s?%s HTTP/1.1
        Host: %s
        Upgrade: websocket
        Connection: Upgrade
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
        Sec-WebSocket-Version: 13

        """
            .formatted(uri.getRawPath(), uri.getRawQuery(), uri.getAuthority());
    OutputStream out = socket.getOutputStream();
    out.write(head.replace("\n", "\r\n").getBytes(US_ASCII));
    out.flush();
    SilentSocket silent = new SilentSocket(socket);
    silent.skipHead();
    return silent;
  }

  private void skipHead() throws IOException {
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      head.append((char) in.readUnsignedByte());
    }
    if (!head.toString().startsWith("HTTP/1.1 101")) {
      throw new AssertionError("no upgrade: " + head);
    }
  }

  /** Reads all frames until the server closes; answers the close code. */
  public int readUntilClose() throws IOException {
    while (true) {
      int opcode = in.readUnsignedByte() & OPCODE_MASK;
      byte[] payload = new byte[payloadLength()];
      in.readFully(payload);
      if (opcode == CLOSE) {
        return Byte.toUnsignedInt(payload[0]) << Byte.SIZE | Byte.toUnsignedInt(payload[1]);
      }
    }
  }

  private int payloadLength() throws IOException {
    int length = in.readUnsignedByte();
    return switch (length) {
      case TWO_BYTE_LENGTH -> in.readUnsignedShort();
      case EIGHT_BYTE_LENGTH -> Math.toIntExact(in.readLong());
      default -> length;
    };
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
