package io.carillon.standalone.tracing;

import io.carillon.core.span.Span;
import io.carillon.core.span.Spans;
import io.carillon.core.span.Spans.Kind;
import io.carillon.core.webhook.WebhookAttempt;
import io.carillon.core.webhook.WebhookCaller;
import io.carillon.core.webhook.WebhookRequest;
import io.carillon.core.webhook.WebhookRequest.Header;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Calls by another caller, each call a span that the receiver may go on with. Thread-safe. */
public record TracedCaller(WebhookCaller caller, Spans spans) implements WebhookCaller {
  @Override
  public WebhookAttempt.Result call(WebhookRequest request, Duration patience) {
    Span span = spans.begin("webhook call", Kind.CLIENT, null);
    try {
      WebhookAttempt.Result result = caller.call(carrying(span, request), patience);
      span.set("server.address", String.valueOf(request.url().getHost()));
      span.set("http.response.status_code", result.status());
      if (!result.isAccepted()) {
        span.failed(result.status() == 0 ? "no answer" : "status " + result.status());
      }
      return result;
    } finally {
      span.end();
    }
  }

  private static WebhookRequest carrying(Span span, WebhookRequest request) {
    List<Header> headers = new ArrayList<>(request.headers());
    headers.add(new Header("traceparent", span.traceparent()));
    return new WebhookRequest(request.url(), headers, request.body());
  }
}
