package io.carillon.relay;

import io.carillon.client.Outgoing;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message in the outbox. Immutable.
 *
 * @param data JSON, or null
 */
record Row(long number, UUID id, String channel, String name, @Nullable String data) {
  /** With the row's id, by which the server knows a repetition. */
  Outgoing message() {
    return Outgoing.ofJson(name, data == null ? "null" : data).withId(id.toString()).to(channel);
  }

  int chars() {
    return data == null ? 0 : data.length();
  }
}
