package io.carillon.standalone.metrics;

import io.carillon.core.config.CarillonConfig;
import io.micronaut.context.BeanProvider;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The figures on the main port, for whoever tries things out on the same machine. It answers nobody
 * else, and nobody at all where a proxy may stand before the server: its callers come from
 * everywhere, by an address of this machine. Thread-safe.
 */
@Controller("/metrics")
final class MetricsController {
  private static final List<String> BY_PROXIES =
      List.of(
          "Forwarded",
          "X-Forwarded-For",
          "X-Forwarded-Host",
          "X-Forwarded-Proto",
          "X-Real-IP",
          "Via");

  private static final Set<String> NAMES_OF_HERE = Set.of("localhost", "127.0.0.1", "[::1]");

  private final boolean served;
  private final BeanProvider<Exposition> exposition;

  MetricsController(CarillonConfig config, BeanProvider<Exposition> exposition) {
    CarillonConfig.Server server = config.server();
    this.served =
        server.listening().metrics() == null
            && server.publicUrl() == null
            && config.access().trustedProxies().isEmpty();
    this.exposition = exposition;
  }

  @Get
  @ExecuteOn(TaskExecutors.BLOCKING)
  HttpResponse<byte[]> metrics(HttpRequest<?> request) {
    if (!served || !isFromHere(request)) {
      return HttpResponse.notFound(new byte[0]).contentType(MediaType.TEXT_PLAIN_TYPE);
    }
    return HttpResponse.ok(exposition.get().scrape())
        .contentType(MediaType.of(Exposition.MEDIA_TYPE));
  }

  private static boolean isFromHere(HttpRequest<?> request) {
    InetAddress peer = request.getRemoteAddress().getAddress();
    return peer != null
        && peer.isLoopbackAddress()
        && isNameOfHere(request.getHeaders().get("Host"))
        && BY_PROXIES.stream().noneMatch(name -> request.getHeaders().contains(name));
  }

  private static boolean isNameOfHere(@Nullable String host) {
    return host != null && NAMES_OF_HERE.contains(host.replaceFirst(":\\d+$", ""));
  }
}
