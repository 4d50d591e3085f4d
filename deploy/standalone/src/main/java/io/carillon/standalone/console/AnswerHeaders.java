package io.carillon.standalone.console;

import io.micronaut.context.annotation.Property;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import org.jspecify.annotations.Nullable;

/**
 * What a browser is told with every answer of the framework, errors too: to take it for nothing but
 * what it says it is, and, where people reach the server by TLS, to come by nothing else.
 * Immutable, thread-safe.
 */
@ServerFilter("/**")
final class AnswerHeaders implements Ordered {
  /** A year. It is said for this host alone: the operator's others are none of ours. */
  private static final String TLS_ONLY = "max-age=31536000";

  private final boolean byTls;

  AnswerHeaders(@Nullable @Property(name = "carillon.public-url") String publicUrl) {
    this.byTls = publicUrl != null && publicUrl.startsWith("https:");
  }

  /** Outside of all others, which may answer by themselves. */
  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }

  @ResponseFilter
  void mark(MutableHttpResponse<?> response) {
    response.getHeaders().set("X-Content-Type-Options", "nosniff");
    if (byTls) {
      response.getHeaders().set("Strict-Transport-Security", TLS_ONLY);
    }
  }
}
