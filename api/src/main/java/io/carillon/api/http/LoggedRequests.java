package io.carillon.api.http;

import io.carillon.core.span.Current;
import io.carillon.core.span.Spans;
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
  private final boolean traces;

  LoggedRequests(@Nullable Spans spans) {
    this.traces = spans != null;
  }

  @RequestFilter
  void named(HttpRequest<?> request, MutablePropagatedContext context) {
    String id = request.getHeaders().get(RequestId.HEADER);
    if (id != null) {
      String trace = traces ? request.getHeaders().get(Traced.HEADER) : null;
      context.add(new Named(id, trace));
    }
  }

  private record Before(@Nullable String id, @Nullable String trace, @Nullable String parent) {}

  /** The request of a thread. */
  private record Named(String id, @Nullable String traceparent)
      implements ThreadPropagatedContextElement<Before> {
    @Override
    public Before updateThreadContext() {
      Before before =
          new Before(MDC.get(RequestId.FIELD), MDC.get(Traced.FIELD), Current.swap(traceparent));
      put(RequestId.FIELD, id);
      put(Traced.FIELD, Traced.idOf(traceparent));
      return before;
    }

    @Override
    public void restoreThreadContext(@Nullable Before before) {
      put(RequestId.FIELD, before == null ? null : before.id());
      put(Traced.FIELD, before == null ? null : before.trace());
      Current.swap(before == null ? null : before.parent());
    }

    private static void put(String field, @Nullable String value) {
      if (value == null) {
        MDC.remove(field);
      } else {
        MDC.put(field, value);
      }
    }
  }
}
