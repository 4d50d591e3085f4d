package io.carillon.api.compat.pusher;

import io.carillon.api.http.Json;
import io.carillon.api.http.Stages;
import io.carillon.core.Node;
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
  private final EventPublisher events;

  PusherEventsController(RequestGate gate, Node node) {
    this.gate = gate;
    this.events = new EventPublisher(node);
  }

  @Post("/events")
  CompletionStage<HttpResponse<?>> trigger(HttpRequest<byte[]> request) {
    return gate.admit(
        request,
        signed ->
            Stages.answerChecked(
                Json.object(signed.body().bytes()).then(EventBody::ofTrigger),
                event -> events.trigger(signed.app(), event)));
  }

  @Post("/batch_events")
  CompletionStage<HttpResponse<?>> batch(HttpRequest<byte[]> request) {
    return gate.admit(
        request,
        signed ->
            Stages.answerChecked(
                Json.object(signed.body().bytes()).then(EventBody::ofBatch),
                batch -> events.batch(signed.app(), batch)));
  }
}
