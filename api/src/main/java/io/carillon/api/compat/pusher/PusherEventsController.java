package io.carillon.api.compat.pusher;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.concurrent.CompletionStage;

/** Publishing: one event to many channels, or several events. Thread-safe. */
@Hidden
@Controller("/apps/{id:[^/]+}")
@Consumes(MediaType.ALL)
final class PusherEventsController {
  private final RequestGate gate;
  private final EventCalls events;

  PusherEventsController(RequestGate gate, EventCalls events) {
    this.gate = gate;
    this.events = events;
  }

  @Post("/events")
  CompletionStage<HttpResponse<?>> trigger(HttpRequest<byte[]> request) {
    return gate.admit(request, events::trigger);
  }

  @Post("/batch_events")
  CompletionStage<HttpResponse<?>> batch(HttpRequest<byte[]> request) {
    return gate.admit(request, events::batch);
  }
}
