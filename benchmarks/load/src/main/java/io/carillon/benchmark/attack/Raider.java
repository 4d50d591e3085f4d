package io.carillon.benchmark.attack;

import io.carillon.benchmark.attack.Script.Manners;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One connection of an attack, and the ones that follow it. Its thread reads, a second one writes;
 * {@link #end} may be called by any.
 */
final class Raider implements Runnable {
  private static final int PATIENCE_MILLIS = 10_000;
  private static final int RECEIVE_BYTES = 8 * 1024;
  private static final int HEAD_MAX = 16 * 1024;
  private static final int HELD_BACK_NANOS = 500_000_000;
  private static final int CLOSE = 8;
  private static final int TWO_BYTES = 126;
  private static final int EIGHT_BYTES = 127;
  private static final byte[] PONG = Target.text("{\"t\":\"pong\"}");
  private static final Pattern CODE = Pattern.compile("\"code\":(\\d{5})");
  private static final Pattern TYPE = Pattern.compile("\"t\":\"(subbed|go)\"");

  private final int port;
  private final Script script;
  private final Answers answers;
  private volatile @Nullable Socket socket;
  private volatile boolean ended;
  private volatile long writingSince;
  private boolean upgraded;
  private boolean answered;

  Raider(int port, Script script, Answers answers) {
    this.port = port;
    this.script = script;
    this.answers = answers;
  }

  @Override
  public void run() {
    boolean again = script.manners() == Manners.STUBBORN || script.manners() == Manners.FLEETING;
    do {
      visit();
    } while (again && !ended);
  }

  private void visit() {
    long began = System.nanoTime();
    upgraded = false;
    answered = false;
    try (Socket open = new Socket()) {
      open.setReceiveBufferSize(RECEIVE_BYTES);
      open.setTcpNoDelay(true);
      open.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
      socket = open;
      if (ended) {
        return;
      }
      String how = stay(open);
      if (script.manners() == Manners.FLEETING) {
        open.setOption(StandardSocketOptions.SO_LINGER, 0);
      }
      if (!ended && !how.isEmpty()) {
        answers.ended(how, (System.nanoTime() - began) / 1_000_000);
      }
    } catch (IOException e) {
      if (!ended && !answered) {
        answers.ended("cut", (System.nanoTime() - began) / 1_000_000);
      }
    }
  }

  /** Until the connection has ended; how, or nothing when it was told before. */
  private String stay(Socket open) throws IOException {
    DataInputStream in =
        new DataInputStream(new BufferedInputStream(open.getInputStream(), RECEIVE_BYTES));
    OutputStream out = open.getOutputStream();
    for (byte[] each : script.opening()) {
      write(out, each);
    }
    if (script.upgrades()) {
      String status = status(in);
      if (!status.equals("101")) {
        return "HTTP " + status;
      }
      upgraded = true;
    }
    Thread writer = Thread.startVirtualThread(() -> writeAll(out));
    if (script.manners() == Manners.DEAF) {
      join(writer);
      return "cut";
    }
    try {
      return upgraded ? frames(in, out) : responses(in);
    } finally {
      writer.interrupt();
    }
  }

  private static void join(Thread writer) {
    try {
      writer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void writeAll(OutputStream out) {
    try {
      for (byte[] each : script.once()) {
        write(out, each);
      }
      BooleanSupplier wanted = () -> !script.again().isEmpty() && !ended;
      while (wanted.getAsBoolean()) {
        Thread.sleep(script.every());
        for (byte[] each : script.again()) {
          write(out, each);
        }
      }
      if (script.manners() == Manners.DEAF) {
        Thread.sleep(Long.MAX_VALUE);
      }
    } catch (IOException | InterruptedException e) {
      // who reads sees how it ended
    }
  }

  private synchronized void write(OutputStream out, byte[] bytes) throws IOException {
    writingSince = System.nanoTime();
    out.write(bytes);
    writingSince = 0;
  }

  /** Answers over HTTP, until the connection ends. */
  private String responses(DataInputStream in) throws IOException {
    while (true) {
      String status;
      try {
        status = status(in);
      } catch (EOFException e) {
        return answered ? "" : "cut";
      }
      answered = true;
      answers.add("HTTP " + status);
    }
  }

  /** The status of the next answer; its body is passed over. */
  private static String status(DataInputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0 && head.length() < HEAD_MAX) {
      head.append((char) in.readUnsignedByte());
    }
    String[] words = head.toString().split(" ", 3);
    Matcher length = Pattern.compile("(?i)content-length: *(\\d+)").matcher(head);
    if (length.find()) {
      in.skipNBytes(Long.parseLong(length.group(1)));
    }
    return words.length < 3 ? "?" : words[1];
  }

  private String frames(DataInputStream in, OutputStream out) throws IOException {
    while (true) {
      int first = in.read();
      if (first < 0) {
        return "cut";
      }
      byte[] payload = new byte[length(in)];
      in.readFully(payload);
      if ((first & 0x0f) == CLOSE) {
        return payload.length < 2
            ? "close without a code"
            : "close " + (((payload[0] & 0xff) << 8) | (payload[1] & 0xff));
      }
      if ((first & 0x0f) == 1) {
        String text = new String(payload, StandardCharsets.UTF_8);
        heard(text, out);
        if (script.manners() == Manners.FLEETING && text.contains("\"t\":\"subbed\"")) {
          return "";
        }
      }
    }
  }

  private void heard(String text, OutputStream out) throws IOException {
    Matcher code = CODE.matcher(text);
    while (code.find()) {
      answers.add("err " + code.group(1));
    }
    Matcher type = TYPE.matcher(text);
    while (type.find()) {
      answers.add(type.group(1));
    }
    if (script.manners() != Manners.MUTE && text.contains("\"t\":\"ping\"")) {
      write(out, PONG);
    }
  }

  private static int length(DataInputStream in) throws IOException {
    int length = in.readUnsignedByte();
    if (length == EIGHT_BYTES) {
      return Math.toIntExact(in.readLong());
    }
    return length == TWO_BYTES ? in.readUnsignedShort() : length;
  }

  /** Goes, and says how the connection stood: open, or held back when the server takes no more. */
  void end() {
    ended = true;
    Socket open = socket;
    if (open != null && !open.isClosed()) {
      long since = writingSince;
      answers.add(since != 0 && System.nanoTime() - since > HELD_BACK_NANOS ? "held back" : "open");
      try {
        open.setOption(StandardSocketOptions.SO_LINGER, 0);
        open.close();
      } catch (IOException e) {
        // gone all the same
      }
    }
  }
}
