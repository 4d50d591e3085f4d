package io.carillon.webhook;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that reads one request of each connection, or all, and answers with given bytes. */
final class Receiver implements AutoCloseable {
  final List<String> requests = new CopyOnWriteArrayList<>();
  final AtomicInteger connections = new AtomicInteger();
  private final ServerSocket socket;
  private final Answer answer;
  private volatile boolean keeping;

  /** Answers a request; what it leaves out, the caller waits for. */
  interface Answer {
    void write(String request, Socket to) throws Exception;
  }

  Receiver(Answer answer) throws IOException {
    this.answer = answer;
    this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::run);
  }

  /** One that always answers this. */
  static Receiver of(String bytes) throws IOException {
    return new Receiver((request, to) -> to.getOutputStream().write(bytes.getBytes(ISO_8859_1)));
  }

  /** One that always answers this, and waits for the next request. */
  static Receiver keeping(String bytes) throws IOException {
    Receiver receiver = of(bytes);
    receiver.keeping = true;
    return receiver;
  }

  int port() {
    return socket.getLocalPort();
  }

  URI url(String host, String path) {
    return URI.create("http://" + host + ":" + port() + path);
  }

  private void run() {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        Thread.ofVirtual().start(() -> serve(connection));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      connections.incrementAndGet();
      do {
        String request = read(connection.getInputStream());
        if (keeping && request.isEmpty()) {
          return;
        }
        requests.add(request);
        answer.write(request, connection);
      } while (keeping);
    } catch (Exception e) {
      requests.add("failed: " + e);
    }
  }

  private static String read(InputStream in) throws IOException {
    StringBuilder text = new StringBuilder();
    int length = 0;
    int head = -1;
    while (head < 0 || text.length() < head + length) {
      int b = in.read();
      if (b < 0) {
        break;
      }
      text.append((char) b);
      if (head < 0 && text.indexOf("\r\n\r\n") >= 0) {
        head = text.length();
        String lower = text.toString().toLowerCase(Locale.ROOT);
        int at = lower.indexOf("content-length: ");
        length = at < 0 ? 0 : Integer.parseInt(lower.substring(at + 16, lower.indexOf("\r\n", at)));
      }
    }
    return text.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
