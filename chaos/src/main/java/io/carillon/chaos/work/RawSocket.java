package io.carillon.chaos.work;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.carillon.chaos.cluster.Ports;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * A native client without a library, light enough for thousands: it blocks, reads when it is told
 * to, and can be cut. One thread reads; any may write or cut.
 */
final class RawSocket implements Closeable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CONNECT_MILLIS_MAX = 10_000;
  private static final int ANSWER_MILLIS_MAX = 60_000;
  private static final int BUFFER = 1_024;
  private static final int HEAD_MAX = 4_096;
  private static final int MESSAGE_MAX = 16 << 20;

  private static final int FIN = 0x80;
  private static final int MASK = 0x80;
  private static final int LENGTH_MASK = 0x7f;
  private static final int OPCODE_MASK = 0x0f;
  private static final int TEXT = 1;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;
  private static final int TWO_BYTES = 126;
  private static final int EIGHT_BYTES = 127;

  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;
  private final Queue<JsonNode> frames = new ArrayDeque<>();

  private RawSocket(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER));
    this.out = new DataOutputStream(socket.getOutputStream());
  }

  /** Connects to a node of this machine, or to what stands before it. */
  static RawSocket open(int port) throws IOException {
    return open(port, 0);
  }

  /**
   * As {@link #open(int)}.
   *
   * @param receiveBytes of the system's buffer; 0 for its own choice
   */
  static RawSocket open(int port, int receiveBytes) throws IOException {
    Socket socket = new Socket();
    try {
      if (receiveBytes > 0) {
        socket.setReceiveBufferSize(receiveBytes);
      }
      socket.connect(Ports.at(port), CONNECT_MILLIS_MAX);
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(ANSWER_MILLIS_MAX);
      RawSocket opened = new RawSocket(socket);
      opened.shakeHands(port);
      return opened;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private void shakeHands(int port) throws IOException {
    String head =
        """
        GET /v1/realtime HTTP/1.1
        Host: 127.0.0.1:%d
        Upgrade: websocket
        Connection: Upgrade
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
        Sec-WebSocket-Version: 13
        Sec-WebSocket-Protocol: carillon.v1

        """
            .formatted(port);
    out.write(head.replace("\n", "\r\n").getBytes(US_ASCII));
    StringBuilder answer = new StringBuilder();
    while (answer.length() < HEAD_MAX && !answer.toString().endsWith("\r\n\r\n")) {
      answer.append((char) in.readUnsignedByte());
    }
    if (!answer.toString().startsWith("HTTP/1.1 101")) {
      throw new IOException("no upgrade: " + answer.toString().lines().findFirst().orElse(""));
    }
  }

  void send(String text) throws IOException {
    write(TEXT, text.getBytes(UTF_8));
  }

  /** Masked, as a client has to, with a mask that changes nothing. */
  private synchronized void write(int opcode, byte[] payload) throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream(payload.length + 16);
    DataOutputStream head = new DataOutputStream(frame);
    head.writeByte(FIN | opcode);
    if (payload.length < TWO_BYTES) {
      head.writeByte(MASK | payload.length);
    } else {
      head.writeByte(MASK | TWO_BYTES);
      head.writeShort(payload.length);
    }
    head.writeInt(0);
    head.write(payload);
    frame.writeTo(out);
  }

  /**
   * The next frame of the protocol; a heartbeat is answered and passed over.
   *
   * @throws IOException when the connection is gone
   */
  JsonNode next() throws IOException {
    while (true) {
      JsonNode frame = frames.poll();
      if (frame == null) {
        JsonNode message = JSON.readTree(message());
        if (message.isArray()) {
          message.forEach(frames::add);
        } else {
          frames.add(message);
        }
      } else if (frame.path("t").asText().equals("ping")) {
        send("{\"t\":\"pong\"}");
      } else {
        return frame;
      }
    }
  }

  /** The next frame of this type; an error of the server is one of ours. */
  JsonNode await(String type) throws IOException {
    while (true) {
      JsonNode frame = next();
      String found = frame.path("t").asText();
      if (found.equals(type)) {
        return frame;
      }
      if (found.equals("err") || found.equals("go")) {
        throw new IOException("refused: " + frame);
      }
    }
  }

  private byte[] message() throws IOException {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    while (true) {
      int first = in.readUnsignedByte();
      byte[] payload = new byte[length()];
      in.readFully(payload);
      switch (first & OPCODE_MASK) {
        case PING -> write(PONG, payload);
        case PONG -> {}
        case CLOSE -> throw new EOFException("closed with " + closeCode(payload));
        default -> {
          whole.write(payload);
          if ((first & FIN) != 0) {
            return whole.toByteArray();
          }
        }
      }
    }
  }

  private int length() throws IOException {
    int length = in.readUnsignedByte() & LENGTH_MASK;
    long actual =
        switch (length) {
          case TWO_BYTES -> in.readUnsignedShort();
          case EIGHT_BYTES -> in.readLong();
          default -> length;
        };
    if (actual < 0 || actual > MESSAGE_MAX) {
      throw new IOException("a frame of " + actual + " bytes");
    }
    return (int) actual;
  }

  private static int closeCode(byte[] payload) {
    return payload.length < 2
        ? 0
        : Byte.toUnsignedInt(payload[0]) << Byte.SIZE | Byte.toUnsignedInt(payload[1]);
  }

  /** Drops the connection without a word, as a network does that breaks. */
  @Override
  public void close() {
    try {
      socket.setOption(StandardSocketOptions.SO_LINGER, 0);
      socket.close();
    } catch (IOException e) {
      // it is gone all the same
    }
  }

  static String quoted(String text) {
    try {
      return JSON.writeValueAsString(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
