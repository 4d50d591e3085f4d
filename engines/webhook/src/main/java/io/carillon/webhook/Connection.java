package io.carillon.webhook;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection to an endpoint, over which calls go one after another. Confined to the thread that
 * calls; {@link #close} may come from any.
 */
final class Connection implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
  private static final int BUFFER_BYTES = 2_048;

  private final Socket plain;
  private final Socket socket;
  private final InputStream in;
  private Deadline deadline;

  /**
   * @param plain what is closed in the end
   * @param socket the same, or TLS over it
   * @param deadline of the first call
   */
  Connection(Socket plain, Socket socket, Deadline deadline) throws IOException {
    this.plain = plain;
    this.socket = socket;
    this.deadline = deadline;
    this.in = new BufferedInputStream(new Timed(socket.getInputStream()), BUFFER_BYTES);
  }

  /** For the next call. */
  void begin(Deadline next) {
    this.deadline = next;
  }

  InetAddress address() {
    return plain.getInetAddress();
  }

  InputStream in() {
    return in;
  }

  OutputStream out() throws IOException {
    return socket.getOutputStream();
  }

  @Override
  public void close() {
    closeQuietly(plain);
  }

  static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.debug("a socket did not close", e);
    }
  }

  /** Each read may take what is left of the call. */
  private final class Timed extends InputStream {
    private final InputStream from;

    Timed(InputStream from) {
      this.from = from;
    }

    @Override
    public int read() throws IOException {
      socket.setSoTimeout(deadline.millisLeft());
      return from.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      socket.setSoTimeout(deadline.millisLeft());
      return from.read(target, offset, length);
    }
  }
}
