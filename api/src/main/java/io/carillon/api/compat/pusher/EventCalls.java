package io.carillon.api.compat.pusher;

import io.carillon.api.http.Checked;
import io.carillon.api.http.Json;
import io.carillon.api.http.Stages;
import io.carillon.core.Node;
import io.micronaut.json.tree.JsonNode;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletionStage;

/** What the calls that publish do once their signature was found right. Thread-safe. */
@Singleton
final class EventCalls {
  private final EventPublisher events;

  EventCalls(Node node) {
    this.events = new EventPublisher(node);
  }

  CompletionStage<Checked<JsonNode>> trigger(SignedRequest signed) {
    return Stages.answerChecked(
        Json.object(signed.body().bytes()).then(EventBody::ofTrigger),
        event -> events.trigger(signed, event));
  }

  CompletionStage<Checked<JsonNode>> batch(SignedRequest signed) {
    return Stages.answerChecked(
        Json.object(signed.body().bytes()).then(EventBody::ofBatch),
        batch -> events.batch(signed, batch));
  }
}
