package io.carillon.webhook;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.core.webhook.WebhookAttempt.Result;
import io.carillon.core.webhook.WebhookRequest;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer in HTTP/1.1 (RFC 9112). Of the answer only its status, its location
 * and the beginning of its body are read, each up to a bound; a connection on which nothing is left
 * to read can be used again. Confined to the calling thread.
 */
final class HttpExchange {
  private static final int HEAD_BYTES_MAX = 16_384;
  private static final int FIRST_FINAL_STATUS = 200;
  private static final int INTERIM_MAX = 5;
  private static final int NO_CONTENT = 204;
  private static final int NOT_MODIFIED = 304;
  private static final int HEX = 16;

  /** Of a body that is not kept, so much is read for the sake of the connection. */
  private static final int PASSED_OVER_MAX = 16_384;

  private final Connection connection;
  private int headBytes;
  private boolean reusable;

  HttpExchange(Connection connection) {
    this.connection = connection;
  }

  /** Whether anything came back. */
  boolean hasAnswerBegun() {
    return headBytes > 0;
  }

  /** Whether the connection can be used for another request. */
  boolean isReusable() {
    return reusable;
  }

  /**
   * What came back.
   *
   * @param location where it redirects to, or null
   * @param text the beginning of its body
   */
  record Answer(int status, @Nullable String location, String text) {}

  private record Head(
      int status, @Nullable String location, boolean chunked, long length, boolean lasting) {}

  /**
   * @param whole whether nothing of it is left to read
   */
  private record Body(String text, boolean whole) {}

  Answer send(WebhookRequest request) throws IOException {
    write(request);
    InputStream in = connection.in();
    Head head = head(in);
    for (int i = 0; head.status() < FIRST_FINAL_STATUS; i++) {
      if (i == INTERIM_MAX) {
        throw new CallFailure("no final answer");
      }
      head = head(in);
    }
    Body body = body(in, head);
    reusable = head.lasting() && body.whole() && in.available() == 0;
    return new Answer(head.status(), head.location(), body.text());
  }

  private void write(WebhookRequest request) throws IOException {
    URI url = request.url();
    String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    String port = url.getPort() > 0 ? ":" + url.getPort() : "";
    StringBuilder head =
        new StringBuilder("POST ").append(ascii(path + query)).append(" HTTP/1.1\r\n");
    head.append("Host: ").append(url.getHost()).append(port).append("\r\n");
    head.append("User-Agent: Carillon-Webhooks/1\r\nAccept: */*\r\n");
    request
        .headers()
        .forEach(it -> head.append(it.name()).append(": ").append(it.value()).append("\r\n"));
    head.append("Content-Length: ").append(request.body().size()).append("\r\n\r\n");
    OutputStream out = connection.out();
    byte[] start = head.toString().getBytes(US_ASCII);
    byte[] whole = new byte[start.length + request.body().size()];
    System.arraycopy(start, 0, whole, 0, start.length);
    System.arraycopy(request.body().bytes(), 0, whole, start.length, request.body().size());
    out.write(whole);
    out.flush();
  }

  /** Java's addresses may have other letters in them than requests may. */
  private static String ascii(String target) {
    StringBuilder out = new StringBuilder();
    for (byte b : target.getBytes(UTF_8)) {
      if (b > ' ' && b < 0x7f) {
        out.append((char) b);
      } else {
        out.append(String.format("%%%02X", b & 0xff));
      }
    }
    return out.toString();
  }

  private Head head(InputStream in) throws IOException {
    String first = line(in);
    int status;
    try {
      status = first.startsWith("HTTP/1.") ? Integer.parseInt(first, 9, 12, 10) : 0;
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      status = 0;
    }
    if (status < 100 || status > 599) {
      throw new CallFailure("the answer is no HTTP/1.1");
    }
    String location = null;
    boolean chunked = false;
    long length = -1;
    boolean lasting = first.startsWith("HTTP/1.1");
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      if (colon < 0) {
        throw new CallFailure("the answer is no HTTP/1.1");
      }
      String value = line.substring(colon + 1).strip();
      switch (line.substring(0, colon).toLowerCase(Locale.ROOT)) {
        case "location" -> location = value;
        case "transfer-encoding" -> chunked = value.toLowerCase(Locale.ROOT).endsWith("chunked");
        case "content-length" -> length = length(value);
        case "connection" -> lasting &= !value.toLowerCase(Locale.ROOT).contains("close");
        default -> {}
      }
    }
    return new Head(status, location, chunked, length, lasting);
  }

  private static long length(String value) throws CallFailure {
    try {
      return Long.parseUnsignedLong(value);
    } catch (NumberFormatException e) {
      throw new CallFailure("the answer is no HTTP/1.1");
    }
  }

  private String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(80);
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("closed before an answer");
      }
      if (++headBytes > HEAD_BYTES_MAX) {
        throw new CallFailure("the answer's head has more than " + HEAD_BYTES_MAX + " bytes");
      }
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(ISO_8859_1);
  }

  /** As much as is kept; that the rest breaks off does not change what was answered. */
  private Body body(InputStream in, Head head) {
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    if (head.status() == NO_CONTENT || head.status() == NOT_MODIFIED || head.length() == 0) {
      return new Body("", true);
    }
    boolean whole;
    try {
      if (head.chunked()) {
        whole = copyChunks(in, kept);
      } else {
        whole = copy(in, kept, head.length() < 0 ? Long.MAX_VALUE : head.length());
      }
    } catch (IOException | NumberFormatException e) {
      whole = false;
    }
    return new Body(text(kept), whole);
  }

  /** Answers whether all of it was read. */
  private boolean copyChunks(InputStream in, ByteArrayOutputStream kept) throws IOException {
    while (kept.size() < Result.REPLY_BYTES_MAX) {
      String size = line(in);
      int extension = size.indexOf(';');
      long length =
          Long.parseUnsignedLong(
              (extension < 0 ? size : size.substring(0, extension)).strip(), HEX);
      if (length == 0) {
        String trailer = line(in);
        while (!trailer.isEmpty()) {
          trailer = line(in);
        }
        return true;
      }
      copy(in, kept, length);
      line(in);
    }
    return false;
  }

  /** Answers whether all of it was read. */
  private static boolean copy(InputStream in, ByteArrayOutputStream kept, long length)
      throws IOException {
    long most = Math.min(length, Result.REPLY_BYTES_MAX - kept.size());
    for (long i = 0; i < most; i++) {
      int b = in.read();
      if (b < 0) {
        throw new EOFException("closed within the body");
      }
      kept.write(b);
    }
    long left = length - most;
    if (left > PASSED_OVER_MAX) {
      return false;
    }
    in.skipNBytes(left);
    return true;
  }

  /** What cannot be shown or kept is replaced. */
  private static String text(ByteArrayOutputStream kept) {
    return kept.toString(UTF_8).replace('\0', '\uFFFD');
  }
}
