package io.carillon.client;

import io.carillon.client.internal.Json;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Who is present on a channel. Thread-safe; what blocks says so. */
@SuppressWarnings("exports") // an annotation that users may lack
public final class Presence {
  private final ChannelCore channel;

  Presence(ChannelCore channel) {
    this.channel = channel;
  }

  /** What is known at this moment; {@link #onChange} keeps it known. */
  public PresenceSnapshot snapshot() {
    return channel.presence().snapshot();
  }

  /**
   * Becomes a member, or changes one's data, and waits until it is one. After a loss of the
   * connection it enters again, which nobody is told of when it is back soon. Needs no listener.
   *
   * @param data up to 1 kB of JSON; plain values
   * @throws CarillonException when it is refused
   * @throws IllegalArgumentException when the data cannot be written
   */
  public void enter(@Nullable Object data) {
    channel.core().requests().await(entering(data));
  }

  /** As {@link #enter}, without waiting. */
  public CompletableFuture<Void> enterAsync(@Nullable Object data) {
    return channel.core().handOut(entering(data));
  }

  /** Changes one's data, and waits; the same as {@link #enter}. */
  public void update(@Nullable Object data) {
    enter(data);
  }

  private CompletableFuture<Void> entering(@Nullable Object data) {
    String json = Json.write(data);
    FrameText frame = FrameText.of("enter").with("ch", channel.name()).withJson("d", json);
    return ask(frame, json);
  }

  /** Is no member any more, and waits until that is so. */
  public void leave() {
    channel.core().requests().await(leaving());
  }

  /** As {@link #leave}, without waiting. */
  public CompletableFuture<Void> leaveAsync() {
    return channel.core().handOut(leaving());
  }

  private CompletableFuture<Void> leaving() {
    return ask(FrameText.of("leave").with("ch", channel.name()), null);
  }

  private CompletableFuture<Void> ask(FrameText frame, @Nullable String entered) {
    Core core = channel.core();
    if (entered == null) {
      core.lane().execute(() -> channel.presence().entered(null));
    }
    return core.requests()
        .ask(frame, PresenceCore.ANSWER_MILLIS_MAX)
        .whenComplete(
            (reply, thrown) -> {
              if (thrown == null) {
                channel.presence().entered(entered);
              }
            })
        .thenApply(reply -> null);
  }

  /** Calls back with who is present, from what is known on: the newest state, not each. Joins. */
  public Subscription onChange(Consumer<? super PresenceSnapshot> listener) {
    return follow(listener, false);
  }

  /** Calls back with how many are present, which costs little on large channels. Joins. */
  public Subscription onCount(Consumer<? super Integer> listener) {
    return follow(snapshot -> listener.accept(snapshot.count()), true);
  }

  /** Calls back when this client's membership ended by itself, as when rights were lost. */
  public Subscription onEnd(Consumer<? super CarillonException> listener) {
    return Channel.added(channel.presence().endListeners, listener::accept);
  }

  private Subscription follow(Consumer<? super PresenceSnapshot> listener, boolean count) {
    Consumer<PresenceSnapshot> entry = listener::accept;
    PresenceCore presence = channel.presence();
    Core core = channel.core();
    presence.listeners.add(entry);
    core.lane().execute(() -> presence.follow(entry, count));
    return new Hold(
        core.handOut(channel.joined().thenApply(start -> null)),
        () -> {
          presence.listeners.remove(entry);
          core.lane().execute(() -> presence.unfollow(entry));
        });
  }
}
