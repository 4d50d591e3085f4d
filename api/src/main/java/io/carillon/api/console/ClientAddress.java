package io.carillon.api.console;

import io.carillon.core.account.Source;
import io.carillon.core.config.Cidr;
import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds out where a request comes from: the peer, or, when that is a proxy that is trusted, the
 * last of {@code X-Forwarded-For} that is none. Immutable, thread-safe.
 */
@Singleton
final class ClientAddress {
  /** Literal addresses, so that no name is ever looked up. */
  private static final Pattern LITERAL = Pattern.compile("[0-9.]{7,15}|[0-9A-Fa-f:.]{2,45}");

  private final List<Cidr> trusted;

  ClientAddress(@Value("${carillon.trusted-proxies:}") List<String> trusted) {
    this.trusted = trusted.stream().filter(block -> !block.isBlank()).map(Cidr::parse).toList();
  }

  Source of(HttpRequest<?> request) {
    InetAddress client = request.getRemoteAddress().getAddress();
    if (client == null) {
      return new Source("unknown", browser(request));
    }
    List<String> hops =
        request.getHeaders().getAll("X-Forwarded-For").stream()
            .flatMap(header -> List.of(header.split(",", -1)).stream())
            .map(String::strip)
            .toList()
            .reversed();
    for (String hop : hops) {
      InetAddress before = isTrusted(client) ? literal(hop) : null;
      if (before == null) {
        break;
      }
      client = before;
    }
    return new Source(client.getHostAddress(), browser(request));
  }

  private static String browser(HttpRequest<?> request) {
    String said = request.getHeaders().get(HttpHeaders.USER_AGENT);
    return said == null ? "" : said;
  }

  private boolean isTrusted(InetAddress peer) {
    return trusted.stream().anyMatch(block -> block.contains(peer));
  }

  private static @Nullable InetAddress literal(String text) {
    try {
      return LITERAL.matcher(text).matches() ? InetAddress.ofLiteral(text) : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
