package io.carillon.standalone.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a server answers to bytes as they are, until it ends the connection. Immutable.
 *
 * @param text all that came
 */
record RawExchange(String text) {
  private static final int PATIENCE_MILLIS = 10_000;
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3}) ");

  /** Sends the bytes, which have to make the server end the connection. */
  static RawExchange with(String url, String bytes) throws IOException {
    URI server = URI.create(url);
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.connect(new InetSocketAddress(server.getHost(), server.getPort()), PATIENCE_MILLIS);
      socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
      socket.getOutputStream().flush();
      StringBuilder all = new StringBuilder();
      byte[] part = new byte[8_192];
      try {
        for (int n = socket.getInputStream().read(part);
            n >= 0;
            n = socket.getInputStream().read(part)) {
          all.append(new String(part, 0, n, ISO_8859_1));
        }
      } catch (SocketException reset) {
        return new RawExchange(all.toString());
      }
      return new RawExchange(all.toString());
    }
  }

  /** The statuses of all answers, in their order. */
  List<Integer> statuses() {
    return STATUS.matcher(text).results().map(it -> Integer.parseInt(it.group(1))).toList();
  }
}
