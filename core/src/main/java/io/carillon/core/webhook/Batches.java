package io.carillon.core.webhook;

import io.carillon.core.webhook.WebhookOutbox.Waiting;
import java.util.ArrayList;
import java.util.List;

/** What goes in each call of an endpoint: one event, or as many as there are. Stateless. */
final class Batches {
  /** Of the events of a batch's data; one more event is in the next call. */
  private static final int CHARS_MAX = 200_000;

  /** Events of one call. */
  static final int EVENTS_MAX = 100;

  private Batches() {}

  static List<List<Waiting>> of(WebhookEndpoint endpoint, List<Waiting> all) {
    if (!endpoint.settings().isBatched()) {
      return all.stream().map(List::of).toList();
    }
    List<List<Waiting>> calls = new ArrayList<>();
    List<Waiting> current = new ArrayList<>();
    int chars = 0;
    for (Waiting event : all) {
      String data = event.event().detail().data();
      int size = data == null ? 0 : data.length();
      boolean full = chars + size > CHARS_MAX || current.size() == EVENTS_MAX;
      if (!current.isEmpty() && full) {
        calls.add(List.copyOf(current));
        current.clear();
        chars = 0;
      }
      current.add(event);
      chars += size;
    }
    if (!current.isEmpty()) {
      calls.add(List.copyOf(current));
    }
    return calls;
  }
}
