package io.carillon.client;

import static java.util.Objects.requireNonNull;

import io.carillon.client.internal.Json;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A message that a backend publishes. Immutable, as far as its data is.
 *
 * @param channel where it goes, in a batch
 * @param name what to call it, 1 to 200 characters
 * @param data plain values or bytes; see {@link DataForm}
 * @param id 1 to 128 characters; a message with an id that the channel knows from the last 5
 *     minutes is not taken again
 */
@SuppressWarnings("exports") // an annotation that users may lack
public record Outgoing(@Nullable String channel, String name, @Nullable Object data, String id) {
  /** Of all but the data and the channel none may be null. */
  public Outgoing {
    requireNonNull(name, "name");
    requireNonNull(id, "id");
  }

  /** A message with an id of its own. */
  public static Outgoing of(String name, @Nullable Object data) {
    return new Outgoing(null, name, data, CarillonServer.newId());
  }

  /**
   * A message with an id of its own, and data that is JSON already.
   *
   * @throws IllegalArgumentException when it is no JSON
   */
  public static Outgoing ofJson(String name, String json) {
    return of(name, Json.read(json));
  }

  /** The same message, to this channel. */
  public Outgoing to(String destination) {
    return new Outgoing(requireNonNull(destination, "destination"), name, data, id);
  }

  /** The same message, with an id of yours. */
  public Outgoing withId(String given) {
    return new Outgoing(channel, name, data, given);
  }

  FrameText fields(@Nullable String to) {
    FrameText fields = FrameText.object("name", name).withIf("channel", to).with("id", id);
    return data instanceof byte[] bytes
        ? fields.with("data", Base64.getEncoder().encodeToString(bytes)).with("encoding", "base64")
        : fields.with("data", data);
  }
}
