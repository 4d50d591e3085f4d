package io.carillon.api.console;

import io.carillon.core.account.Source;
import io.carillon.core.config.Proxies;
import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.util.List;

/** Finds out where a request of the console comes from. Immutable, thread-safe. */
@Singleton
final class ClientAddress {
  private final Proxies proxies;

  ClientAddress(@Value("${carillon.trusted-proxies:}") List<String> trusted) {
    this.proxies = Proxies.parse(trusted);
  }

  Source of(HttpRequest<?> request) {
    InetAddress client =
        proxies.client(
            request.getRemoteAddress().getAddress(),
            request.getHeaders().getAll("X-Forwarded-For"));
    return new Source(client == null ? "unknown" : client.getHostAddress(), browser(request));
  }

  private static String browser(HttpRequest<?> request) {
    String said = request.getHeaders().get(HttpHeaders.USER_AGENT);
    return said == null ? "" : said;
  }
}
