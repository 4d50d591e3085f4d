package io.carillon.core.publish;

import io.carillon.core.publish.Appender.Begun;
import io.carillon.core.span.Current;
import io.carillon.core.span.Span;
import io.carillon.core.span.Spans;
import io.carillon.core.span.Spans.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Tells a tracing system of one message: all of it, its way into the log, and its way into the
 * archive. Immutable.
 */
record PublishSpan(Spans spans, Span whole, Span append) {
  /** Of a message that comes now; null when nobody wants to see it. */
  static @Nullable PublishSpan of(Spans spans, PublishCommand command) {
    if (spans == Spans.NONE) {
      return null;
    }
    Span whole = spans.begin("publish", Kind.INTERNAL, Current.get());
    if (!whole.isRecorded()) {
      return null;
    }
    whole.set("carillon.app", command.app().id().value());
    whole.set("messaging.destination.name", command.channel().value());
    whole.set("messaging.message.body.size", command.message().size());
    return new PublishSpan(
        spans, whole, spans.begin("log append", Kind.INTERNAL, whole.traceparent()));
  }

  void follow(Begun begun, boolean archived) {
    begun
        .logged()
        .whenComplete(
            (outcome, failure) -> {
              end(append, failure);
              if (archived && failure == null) {
                Span commit = spans.begin("archive commit", Kind.INTERNAL, whole.traceparent());
                begun.done().whenComplete((done, missed) -> end(commit, problemOf(done, missed)));
              }
            });
    begun.done().whenComplete((done, failure) -> end(whole, problemOf(done, failure)));
  }

  private static @Nullable Object problemOf(
      @Nullable PublishOutcome done, @Nullable Throwable failure) {
    return done instanceof PublishOutcome.Refused(var problem) ? problem.code().slug() : failure;
  }

  private static void end(Span span, @Nullable Object failure) {
    if (failure != null) {
      span.failed(failure.toString());
    }
    span.end();
  }
}
