package io.carillon.edge.listen;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Iterator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the head of a request has to look like beyond what the codec asks for (RFC 9112, 3 and 6.1).
 * A proxy in front may read what is ambiguous in another way than what comes behind here does, so
 * that is refused. Stateless.
 */
final class RequestForm {
  static final String BAD_REQUEST = "400 Bad Request";
  private static final String NOT_IMPLEMENTED = "501 Not Implemented";
  private static final String OTHER_VERSION = "505 HTTP Version Not Supported";
  private static final String HOST_MARKS = ".-_~:[]%!$&'()*+,;=";

  private RequestForm() {}

  /** The status that refuses the request, or null when it may go on. */
  static @Nullable String refusal(HttpRequest request) {
    HttpVersion version = request.protocolVersion();
    boolean current = version.equals(HttpVersion.HTTP_1_1);
    if (!current && !version.equals(HttpVersion.HTTP_1_0)) {
      return OTHER_VERSION;
    }
    HttpHeaders headers = request.headers();
    if (!isMethod(request.method().name())
        || !hasOneHost(headers, current)
        || !isTarget(request)
        || (headers.containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)
            && hasBody(headers))) {
      return BAD_REQUEST;
    }
    String coding = headers.get(HttpHeaderNames.TRANSFER_ENCODING);
    return coding == null || HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(coding)
        ? null
        : NOT_IMPLEMENTED;
  }

  /** Methods are told apart by case; all that there are have capital letters. */
  private static boolean isMethod(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) < 'A' || name.charAt(i) > 'Z') {
        return false;
      }
    }
    return !name.isEmpty();
  }

  /** A path, or a whole address of the host that is asked, or {@code *} for OPTIONS. */
  private static boolean isTarget(HttpRequest request) {
    String uri = request.uri();
    if (!isCoded(uri)) {
      return false;
    }
    if (uri.startsWith("/")) {
      return true;
    }
    if (uri.equals("*")) {
      return request.method().equals(HttpMethod.OPTIONS);
    }
    String host = request.headers().get(HttpHeaderNames.HOST);
    String address = uri.toLowerCase(Locale.ROOT);
    String authority = host == null ? "" : host.toLowerCase(Locale.ROOT);
    return !authority.isEmpty()
        && (address.startsWith("http://" + authority + "/")
            || address.startsWith("https://" + authority + "/"));
  }

  /** Whether it is printable, without a fragment, and each percent sign has its two digits. */
  private static boolean isCoded(String uri) {
    for (int i = 0; i < uri.length(); i++) {
      char c = uri.charAt(i);
      if (c <= ' ' || c >= 0x7F || c == '#') {
        return false;
      }
      if (c == '%' && !(isHex(uri, i + 1) && isHex(uri, i + 2))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isHex(String text, int at) {
    return at < text.length() && Character.digit(text.charAt(at), 16) >= 0;
  }

  private static boolean hasOneHost(HttpHeaders headers, boolean needed) {
    Iterator<String> hosts = headers.valueStringIterator(HttpHeaderNames.HOST);
    if (!hosts.hasNext()) {
      return !needed;
    }
    return isHost(hosts.next()) && !hosts.hasNext();
  }

  private static boolean isHost(String host) {
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!plain && HOST_MARKS.indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasBody(HttpHeaders headers) {
    String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
    return headers.contains(HttpHeaderNames.TRANSFER_ENCODING)
        || (length != null && !length.equals("0"));
  }
}
