package io.carillon.api.http;

import io.micronaut.core.propagation.MutablePropagatedContext;
import io.micronaut.core.propagation.ThreadPropagatedContextElement;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Has lines of the log that are written while the framework serves a request say which it is,
 * whatever thread writes them. Thread-safe.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class LoggedRequests {

  @RequestFilter
  void named(HttpRequest<?> request, MutablePropagatedContext context) {
    String id = request.getHeaders().get(RequestId.HEADER);
    if (id != null) {
      context.add(new Named(id));
    }
  }

  /** The request of a thread. */
  private record Named(String id) implements ThreadPropagatedContextElement<@Nullable String> {
    @Override
    public @Nullable String updateThreadContext() {
      String before = MDC.get(RequestId.FIELD);
      MDC.put(RequestId.FIELD, id);
      return before;
    }

    @Override
    public void restoreThreadContext(@Nullable String before) {
      if (before == null) {
        MDC.remove(RequestId.FIELD);
      } else {
        MDC.put(RequestId.FIELD, before);
      }
    }
  }
}
