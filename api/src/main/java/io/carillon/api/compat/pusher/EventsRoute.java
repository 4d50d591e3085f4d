package io.carillon.api.compat.pusher;

import io.carillon.api.http.ExpressRoute;
import io.carillon.api.http.Inbound;
import io.carillon.api.http.Reply;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletionStage;

/** The express way of what {@link PusherEventsController} does. Thread-safe. */
@Singleton
final class EventsRoute implements ExpressRoute {
  private static final String APPS = "/apps/";
  private static final String EVENTS = "/events";
  private static final String BATCH = "/batch_events";

  private final RequestGate gate;
  private final EventCalls events;

  EventsRoute(RequestGate gate, EventCalls events) {
    this.gate = gate;
    this.events = events;
  }

  @Override
  public boolean takes(String path, String contentType) {
    int slash = path.startsWith(APPS) ? path.indexOf('/', APPS.length()) : -1;
    return slash > APPS.length() && (endsAt(path, slash, EVENTS) || endsAt(path, slash, BATCH));
  }

  @Override
  public CompletionStage<Reply> serve(Inbound request) {
    return gate.admit(request, request.path().endsWith(BATCH) ? events::batch : events::trigger);
  }

  private static boolean endsAt(String path, int at, String end) {
    return path.length() == at + end.length() && path.endsWith(end);
  }
}
